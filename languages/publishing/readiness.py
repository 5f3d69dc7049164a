"""What a language still needs before readers may see it."""

from dataclasses import dataclass, field
from functools import cache

from babel.messages import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from core.catalogues import is_public_file
from core.languages import SOURCE
from core.models import BasePage, Language
from core.models.pages import TOP

from ..models import LanguageWork, Original, Term, TermTarget, Translation, TranslationStage
from ..models.translations import Progress
from ..provision import notes


INTERFACE_AT_LEAST = 100  # percent of the public interface's texts


@dataclass(frozen=True)
class Readiness:
    """Counts are of segments, `interface` and `glossary` are percentages; `obstacles` are why it cannot be opened, and
    `notes` what is done less well in it than in others."""

    language: Language
    is_active: bool
    interface: int
    glossary: int
    segments: int
    done: int
    published: int
    awaiting: int
    handed_in: int = 0
    required: int = 0
    required_done: int = 0
    obstacles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        return Progress(self.segments, self.done, self.handed_in)


def readiness_of_all() -> list[Readiness]:
    """The readiness of every target language, in a constant number of queries."""
    at_work = set(LanguageWork.objects.values_list("language", flat=True))
    rows = [row for row in Language.objects.all() if row.code != SOURCE]
    counted = _counted()
    terms, rendered = _terms()
    required = BasePage.objects.filter(depth__in=TOP).live().public().order_by("path")
    segments = Original.objects.present().filter(is_live=True).aggregate(n=models.Sum("total"))["n"] or 0
    pages = list(required)
    return [
        _of(row, row.is_open or row.code in at_work, segments, counted.get(row.code, {}), terms, rendered, pages)
        for row in rows
    ]


def readiness_of(language: Language) -> Readiness:
    return next(each for each in readiness_of_all() if each.language.code == language.code)


def _counted() -> dict[str, dict[str, int]]:
    shown = Translation.objects.filter(original__is_gone=False).order_by().values("language")
    counts = shown.annotate(
        done=models.Sum("done"),
        handed_in=models.Sum("handed_in"),
        published=models.Count(
            "pk", filter=models.Q(stage__in=[TranslationStage.PUBLISHED, TranslationStage.OUTDATED])
        ),
        awaiting=models.Count(
            "pk", filter=models.Q(stage=TranslationStage.REVIEW) | models.Q(waiting=TranslationStage.REVIEW)
        ),
    )
    return {row["language"]: row for row in counts}


def _terms() -> tuple[int, dict[str, int]]:
    total = Term.objects.filter(do_not_translate=False).count()
    rows = TermTarget.objects.filter(forbidden=False).order_by().values_list("language")
    return total, dict(rows.annotate(n=models.Count("term", distinct=True)))


def _of(
    language: Language,
    is_active: bool,
    segments: int,
    counted: dict[str, int],
    terms: int,
    rendered: dict[str, int],
    pages: list[BasePage],
) -> Readiness:
    code = language.code
    missing = [page for page in pages if not page.is_in(code)]
    interface = interface_percent(code)
    obstacles = []
    if interface < INTERFACE_AT_LEAST:
        obstacles.append(
            _("The texts of the interface are translated to %(percent)d %% only.") % {"percent": interface}
        )
    if missing:
        names = _("、").join(page.title for page in missing)
        obstacles.append(_("These pages are not published in it yet: %(pages)s.") % {"pages": names})
    return Readiness(
        language,
        is_active,
        interface,
        rendered.get(code, 0) * 100 // terms if terms else 100,
        segments,
        segments if language.provider else min(segments, counted.get("done") or 0),
        counted.get("published", 0),
        counted.get("awaiting", 0),
        0 if language.provider else counted.get("handed_in") or 0,
        len(pages),
        len(pages) - len(missing),
        obstacles,
        notes(code),
    )


@cache
def interface_percent(code: str) -> int:
    """The share of the public interface's texts that the catalogue in locale/ has. They are written in English."""
    if code == "en":
        return 100
    for folder in settings.LOCALE_PATHS:
        catalogue = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
        if catalogue.exists():
            with catalogue.open("rb") as file:
                due = [message for message in read_po(file) if message.id and _is_public(message)]
            return sum(map(_is_translated, due)) * 100 // len(due) if due else 100
    return 0


def _is_public(message: Message) -> bool:
    return any(is_public_file(name) for name, _line in message.locations)


def _is_translated(message: Message) -> bool:
    strings = list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]
    return all(strings) and not message.fuzzy
