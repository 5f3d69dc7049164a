"""Words of a translator's own for figures, on their way to readers and after: nobody reads a number that was corrected.

What is published is marked with what the figure said then (`core.rendering.rich_text` compares it with what it says
now). Words that do not say it are left out, and readers get the figure's own. When a figure is corrected, the texts with
words that are wrong now await their translators again.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex
from wagtail.rich_text import features

from core.languages import column, translated_fields
from core.models import Language
from core.publishing import projection
from core.publishing.mending import Flaw, mender
from core.rendering.rich_text import ObjectLinkHandler
from core.segments import IncompleteTranslation, InvalidChips, Segment, extract, map_field, render, source_hash
from core.text.markup import SAYS
from core.text.tags import Piece, attributes, pieces

from ..checks import ERROR, Finding
from ..desk.chips import TOKENS, Chip, chip_words, chips_of, with_chip_words
from ..desk.dismissals import judged, stopping
from ..desk.locked_rows import LockedRows
from ..desk.rows import Row
from ..desk.token_words import own_words, word_findings
from ..models import Original, Translation, Unit, UnitState


def marked(live: models.Model, language: str, texts: Mapping[str, str]) -> Mapping[str, str]:
    """{path: text} of a translation that is being published, with words for figures marked, and wrong ones left out.

    One query for each kind of link that has words here, and one for words that somebody may have judged to be right; none
    if there are no such links.
    """
    if not any("<" in text for text in texts.values()):  # no chip stands in any of them
        return texts
    linked = [each for each in extract(live) if each.chips and any(chip_words(texts.get(each.path, "")).values())]
    chips = chips_of(linked, language) if linked else {}
    done = {}
    for segment in linked:
        if figures := {name: chip for name, chip in chips[segment.path].items() if chip.stamp}:
            text = texts[segment.path]
            wrong = _errors(segment.text, text, figures, language)
            wrong = _not_dismissed(live, segment, text, wrong, language) if wrong else wrong
            done[segment.path] = _marked(text, figures, wrong)
    return {**texts, **done} if done else texts


def marked_form(live: models.Model, language: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as `projection.columns_of` gives them, with words for figures marked, and wrong ones left out, where they
    were kept before words were marked. Their Chinese is not known: it is taken to state the figure, and what somebody
    judged to be right is left out, too."""
    chips = chips_of([each for each in projection.segments_of(live, columns) if each.chips], language)

    def mark(segment: Segment) -> str:
        figures = {
            name: chip
            for name, chip in chips.get(segment.path, {}).items()
            if chip.stamp and SAYS not in attributes(segment.chips[name])
        }
        chinese = with_chip_words(segment.text, {name: chip.stated for name, chip in figures.items()})
        wrong = _errors(chinese, segment.text, figures, language)
        return _marked(segment.text, figures, wrong) if figures else segment.text

    kept = {name: live._meta.get_field(name) for name in translated_fields(type(live)) if name in columns}
    return {**columns, **{name: map_field(field, columns[name], mark) for name, field in kept.items()}}


def _errors(source: str, text: str, figures: Mapping[str, Chip], language: str) -> dict[str, Finding]:
    """{chip: what is wrong with its words}."""
    found = word_findings(source, text, figures, language)
    return {name: finding for name, finding in found if finding.level == ERROR}


def _not_dismissed(
    live: models.Model, segment: Segment, text: str, found: Mapping[str, Finding], language: str
) -> dict[str, Finding]:
    """Of the errors those that nobody who may publish has dismissed for this very text and value."""
    original = Original.objects.for_object(live)
    units = Unit.objects.filter(original__in=original, language=language, source_hash=source_hash(segment), text=text)
    dismissed = {
        name
        for unit in units
        for name, each in zip(found, judged(found.values(), unit), strict=True)
        if each.is_dismissed
    }
    return {name: finding for name, finding in found.items() if name not in dismissed}


def _marked(text: str, figures: Mapping[str, Chip], wrong: Iterable[str]) -> str:
    own = own_words(text, figures).keys() - set(wrong)
    bare = (figures.keys() & chip_words(text).keys()) - own
    stamps = {name: figures[name].stamp for name in own}
    said = pieces(with_chip_words(text, dict.fromkeys(bare, "")))
    return "".join(_with_stamp(each.raw, stamps.get(_name(each), "")) for each in said)


def _name(piece: Piece) -> str:
    return piece.attributes.get("id", "") if piece.is_start else ""


def _with_stamp(raw: str, stamp: str) -> str:
    return f'{raw[:-1]} {SAYS}="{stamp}">' if stamp else raw


# When a figure is corrected ---------------------------------------------------------------------------


def recheck(figure: models.Model) -> int:
    """A figure was published: what is approved, and has words that do not say it any more, awaits review.

    That is so for what is before readers and for a draft that translators see. Returns how many texts those are. One
    query if nothing refers to it.
    """
    handler = handler_of(type(figure))
    if handler is None or not handler.stamp(figure):
        return 0
    return sum(_recheck(translation, figure) for translation in _translations_citing(figure))


def handler_of(model: type[models.Model]) -> type[ObjectLinkHandler] | None:
    """The kind of link whose target is of this model, if it says its words by itself."""
    kinds = (kind for name, kind in features.get_link_types().items() if name in TOKENS)
    return next((kind for kind in kinds if kind.get_model() is model), None)


def _translations_citing(figure: models.Model) -> list[Translation]:
    """Of what links to it, written by people; always in the same order, as they are locked one after the other."""
    citing = list(ReferenceIndex.get_references_to(figure).values_list("content_type", "object_id").distinct())
    if not citing:
        return []
    places = reduce(or_, (models.Q(content_type=kind, object_id=key) for kind, key in citing))
    originals = Original.objects.filter(places, is_gone=False)
    written = Language.objects.filter(provider="").values("code")
    found = Translation.objects.filter(original__in=originals, language__in=written).order_by("pk")
    return list(found.select_related("original__content_type", "original__released"))


def _recheck(translation: Translation, figure: models.Model) -> int:
    language = Language.objects.get(code=translation.language)
    original = translation.original
    locked = LockedRows.lock(original, language)
    sent = _send_to_review(locked, figure)
    if sent:
        locked.refresh()
    if original.released:
        live = original.model._default_manager.get(pk=original.object_id)
        behind = LockedRows.lock(original, language, extract(live))
        sent += _send_to_review(behind, figure)
        behind.tell()
    return sent


def _send_to_review(locked: LockedRows, figure: models.Model) -> int:
    done = [row for row in locked.rows if row.is_done]
    chips = chips_of([row.segment for row in done], locked.language.code)
    wrong = [row for row in done if _says_otherwise(row, chips.get(row.segment.path, {}), locked.language.code)]
    for row in wrong:
        unit = locked.unit_with_text(row)
        unit.set_state(UnitState.REVIEW)
        locked.store(row, unit, None, _("The figure says something else now: %(figure)s") % {"figure": figure})
    return len(wrong)


def _says_otherwise(row: Row, chips: Mapping[str, Chip], language: str) -> bool:
    found = word_findings(row.segment.text, row.text, chips, language)
    return bool(stopping((finding for _name, finding in found), row.unit))


# What was published before words were marked --------------------------------------------------------------


@mender("words-for-figures", is_safe=True)
def _unmarked() -> Iterator[Flaw]:
    """Published translations whose words for figures are not marked, and that are whole as they would be written today.

    One that follows an earlier Chinese has another form than that of today, and stays as it is.
    """
    published = Translation.objects.exclude(publication=None).select_related("publication", "original__content_type")
    for translation in published.order_by("pk"):
        texts = {path: text for path, (_hash, text) in translation.publication.texts.items()}
        live = models.QuerySet(translation.original.model).filter(pk=translation.original.object_id).first()
        if live is not None and _differs(live, translation.language, texts):
            thing = f"{live._meta.label} {live.pk}, {translation.language}"
            mend = partial(projection.project, live, translation.language, texts)
            yield Flaw(thing, "words for figures are not marked", "write it anew", mend)


def _differs(live: Any, language: str, texts: Mapping[str, str]) -> bool:
    done = marked(live, language, texts)
    if done is texts:
        return False
    try:
        unmarked, values = render(live, texts), render(live, done)
    except (IncompleteTranslation, InvalidChips):
        return False
    stored = {name: _prepared(live, name, getattr(live, column(name, language))) for name in values}
    as_it_is, as_it_would_be = (
        {name: _prepared(live, name, value) for name, value in each.items()} for each in (unmarked, values)
    )
    return stored == as_it_is != as_it_would_be


def _prepared(live: Any, name: str, value: Any) -> Any:
    return live._meta.get_field(name).get_prep_value(value) or ""
