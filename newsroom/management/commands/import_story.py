from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from core.management.people import user_named
from newsroom.damage.documents import Found, damage_of
from newsroom.importing.applying import Draft, try_out
from newsroom.importing.assigning import assign
from newsroom.importing.document import Document
from newsroom.importing.reader import ImportRefused, read
from newsroom.importing.recognised import Recognised, lines_of, recognised
from newsroom.importing.story import Story
from newsroom.importing.wording import finding, place
from newsroom.imports.making import draft_at_once
from newsroom.imports.storing import choices_of


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
                    story, draft = self._tried(opened, file.name) if dry_run else self._made(opened, file.name, user)
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
            except (ImportRefused, PermissionDenied) as error:
                raise CommandError(str(error)) from error
            self._print(story, draft)

    def _tried(self, file: IO[bytes], name: str) -> tuple[Story, Draft]:
        story = assign(read(file, name))
        return story, try_out(story)

    def _made(self, file: IO[bytes], name: str, user: str | None) -> tuple[Story, Draft]:
        """With its import, as one that is made on the screens has: it can be taken back, and compared with a corrected file."""
        stored, draft = draft_at_once(file, name, user_named(user))
        return choices_of(stored).story(), draft

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
        self._print_broken(damage_of(story), story.document)
        self._print_recognised(recognised(fields))
        self.stdout.write(_last_word(draft, story.document))

    def _print_broken(self, found: list[Found], document: Document) -> None:
        if found:
            self.stdout.write(_("Broken copy (%(number)s)") % {"number": len(found)})
        for broken in found:
            self.stdout.write(f"{broken.message} ({place(broken.place, document)})")

    def _print_recognised(self, found: Recognised) -> None:
        if found.schools:
            self.stdout.write(f"{_('Schools named (%(number)s):') % {'number': len(found.schools)}} {found.names}")
        if found.numbers:
            self.stdout.write(_("Numbers with likely figures: %(number)s") % {"number": len(found.numbers)})
        for line in lines_of(found):
            self.stdout.write(line)


def _last_word(draft: Draft, document: Document) -> str:
    counts = f"blocks {len(draft.fields.body)}, pictures {len(document.pictures)}, notes {len(draft.findings)}"
    if draft.page is None:
        return f"{document.name}: {counts} (dry run)"
    return f"{document.name}: {counts}; draft {draft.page.pk}, {draft.page.slug}"


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
