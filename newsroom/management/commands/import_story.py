from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.management.people import user_named
from newsroom.damage.documents import damage_of
from newsroom.importing.applying import Draft, apply, try_out
from newsroom.importing.assigning import assign
from newsroom.importing.document import Document
from newsroom.importing.reader import ImportRefused, read
from newsroom.importing.recognised import recognised
from newsroom.importing.story import Story
from newsroom.importing.wording import finding, place


LANGUAGES = ("en", "zh-hans")
SHOWN = 60  # characters of a text that are printed


class Command(BaseCommand):
    help = "Make a draft of a story from a .docx, .txt or .html file. Prints what became of everything in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--user", metavar="NAME", help="as this user, with no more rights than theirs")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report")

    def handle(self, *_args: Any, file: Path, dry_run: bool, user: str | None, language: str, **_options: Any) -> None:
        with translation.override(language):
            try:
                with file.open("rb") as opened:
                    story = assign(read(opened, file.name))
                draft = try_out(story) if dry_run else apply(story, user_named(user))
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
            except (ImportRefused, PermissionDenied) as error:
                raise CommandError(str(error)) from error
            self._print(story, draft)

    def _print(self, story: Story, draft: Draft) -> None:
        fields = draft.fields
        byline = ", ".join(f"{name} ({role})" for role, name in fields.byline.people)
        said = {
            "kicker": fields.kicker,
            "title": fields.title,
            "subtitle": fields.subtitle,
            "standfirst": fields.standfirst,
            "byline": byline,
            "source": fields.byline.source,
            "lead picture": fields.lead.file if fields.lead else "",
        }
        for name, text in said.items():
            if text:
                self.stdout.write(f"{name}: {text}")
        for piece in fields.body:
            self.stdout.write(f"{piece.block.place.number:>5} {piece.kind}: {_shown(piece.text)}".rstrip(": "))
        for each in draft.findings:
            self.stdout.write(finding(each, story.document))
        for broken in damage_of(story):
            self.stdout.write(f"{broken.message} ({place(broken.place, story.document)})")
        for line in recognised(fields):
            self.stdout.write(line)
        self.stdout.write(_last_word(draft, story.document))


def _last_word(draft: Draft, document: Document) -> str:
    counts = f"blocks {len(draft.fields.body)}, pictures {len(document.pictures)}, notes {len(draft.findings)}"
    if draft.page is None:
        return f"{document.name}: {counts} (dry run)"
    return f"{document.name}: {counts}; draft {draft.page.pk}, {draft.page.slug}"


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
