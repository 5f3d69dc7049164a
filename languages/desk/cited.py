"""What a text cites: other texts, with words of their own that readers see on its page, and what of them is not translated.

Wagtail's reference index says what refers to what, whatever the kinds of things; a released draft is not in it and is
read itself. What a thing brings with it (`TranslatedMixin.brings`) is cited too. The number of queries does not depend
on how many texts are asked about, nor on how much they cite.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from core.keys import parse_key
from core.models import Language

from ..models import Original, Translation, TranslationStage, Unit
from . import rights
from .originals import translatable_models


Key = tuple[int, int]  # the content type of a base model, as in the reference index, and a primary key
UNFINISHED = (TranslationStage.MISSING, TranslationStage.DRAFT)


@dataclass(frozen=True)
class CitedText:
    """A text that is cited, in one language, for somebody at the desk.

    `is_seen`: they may see it there. `is_mine`: it is among their own work; `keeper` is somebody else who has it.
    """

    original: Original
    stage: TranslationStage
    is_published: bool = False
    is_seen: bool = True
    is_mine: bool = False
    keeper: str = ""

    @property
    def may_be_taken(self) -> bool:
        """There is something to write, and nobody has it."""
        return self.is_seen and self.stage in UNFINISHED and not (self.is_published or self.is_mine or self.keeper)


def cited_at_desk(original: Original, language: Language, user: Any) -> list[CitedText]:
    """What the text cites as translators see it, by kind and name; nothing for a language that is written automatically."""
    if language.provider:
        return []
    found = {each.pk: each for each in _cited([original], is_draft=True)[original.pk]}
    if not found:
        return []
    seen = set(rights.visible_to(user, [language.code]).filter(pk__in=found).values_list("pk", flat=True))
    translations = {each.original_id: each for each in _translations(found, language.code, user)}
    texts = [_cited_text(each, translations.get(pk), pk in seen, user) for pk, each in found.items()]
    return sorted(texts, key=lambda each: _by_kind(each.original))


def untranslated(places: Iterable[tuple[Original, str]]) -> dict[tuple[int, str], list[Original]]:
    """Of texts, each in a language that is written by people: what readers of its page see in Chinese, by kind and name.

    {(key of the text, language): these}, only where there are any.
    """
    wanted = {(each.pk, code): each for each, code in places}
    cited = _cited([*{each.pk: each for each in wanted.values()}.values()])
    keys = {each.pk for found in cited.values() for each in found}
    codes = {code for _key, code in wanted}
    done = Translation.objects.filter(original__in=keys, language__in=codes).exclude(publication=None)
    published = set(done.values_list("original", "language")) if keys else set()
    lacking = {(key, code): [each for each in cited[key] if (each.pk, code) not in published] for key, code in wanted}
    return {place: sorted(found, key=_by_kind) for place, found in lacking.items() if found}


def mark_citing(translations: Iterable[Translation]) -> None:
    """Give each its `number_cited`: how many texts that it cites readers see in Chinese; 0 if readers do not see it."""
    published = [each for each in translations if each.is_published]
    found = untranslated((each.original, each.language) for each in published)
    for each in published:
        each.number_cited = len(found.get((each.original_id, each.language), ()))


def _by_kind(original: Original) -> tuple[str, str]:
    return original.kind, str(original)


def _translations(keys: Iterable[int], code: str, user: Any) -> models.QuerySet[Translation]:
    """With whether the person has written something for them, and the name of somebody else who has."""
    units = Unit.objects.known().filter(original=models.OuterRef("original"), language=code)
    written = units.exclude(text="").exclude(author=None)
    begun_by = written.exclude(author=user).values("author__username")[:1]
    found = Translation.objects.filter(original__in=keys, language=code).select_related("assignee")
    return found.annotate(is_begun=models.Exists(written.filter(author=user)), begun_by=models.Subquery(begun_by))


def _cited_text(original: Original, translation: Any, is_seen: bool, user: Any) -> CitedText:
    if translation is None:
        return CitedText(original, TranslationStage("missing"), is_seen=is_seen)
    assignee = translation.assignee
    is_mine = assignee == user if assignee else translation.is_begun
    keeper = "" if is_mine else str(assignee or translation.begun_by or "")
    stage = TranslationStage(translation.stage)
    return CitedText(original, stage, translation.is_published, is_seen, is_mine, keeper)


# What refers to what ------------------------------------------------------------------------------------


def _cited(originals: Sequence[Original], *, is_draft: bool = False) -> dict[int, list[Original]]:
    """{key of an original: what it cites and readers see}; with `is_draft`, what its released draft cites and translators
    see."""
    drafts = [each for each in originals if is_draft and each.released_id]
    places = {_key(each): each for each in originals}
    cited = _referred([each for each in originals if each not in drafts])
    for each in drafts:
        cited[_key(each)] |= _referred_by_draft(each.for_translators())
    brought = _brought({key for keys in cited.values() for key in keys})
    with_brought = {key: keys.union(*(brought[each] for each in keys)) for key, keys in cited.items()}
    known = _originals({key for keys in with_brought.values() for key in keys}, is_draft=is_draft)
    return {
        each.pk: [known[key] for key in with_brought.get(place, ()) if key in known and key != place]
        for place, each in places.items()
    }


def _referred(originals: Sequence[Original]) -> dict[Key, set[Key]]:
    """What published things refer to."""
    found: dict[Key, set[Key]] = defaultdict(set)
    pks: dict[type[models.Model], list[int]] = defaultdict(list)
    for each in originals:
        pks[_model(each)].append(each.object_id)
    places = [models.Q(base_content_type=_base_type(model), object_id__in=map(str, ids)) for model, ids in pks.items()]
    chosen = [_chosen_rows(model, field, ids) for model, ids in pks.items() for field in _chosen_from_lists(model)]
    for source, target in _pairs(_indexed(reduce(or_, places)).union(*chosen)) if places else ():
        found[source].add(target)
    return found


def _referred_by_draft(draft: models.Model) -> set[Key]:
    extracted = ReferenceIndex._extract_references_from_object(draft)
    kinds = _kinds()
    found = {(kind, pk) for kind, key, *_path in extracted if kind in kinds and (pk := parse_key(key))}
    for field in _chosen_from_lists(type(draft)):
        found |= {(_base_type(field.related_model).pk, each.pk) for each in getattr(draft, field.name).all()}
    return found


def _brought(keys: Collection[Key]) -> dict[Key, set[Key]]:
    """What these things bring with them."""
    found: dict[Key, set[Key]] = defaultdict(set)
    pks = _by_type(keys)
    wanted = [
        models.Q(
            content_type=ContentType.objects.get_for_model(model),
            model_path__in=brings,
            object_id__in=map(str, pks[_base_type(model).pk]),
        )
        for model in translatable_models()
        if (brings := getattr(model, "brings", ())) and _base_type(model).pk in pks
    ]
    for source, target in _pairs(_indexed(reduce(or_, wanted))) if wanted else ():
        found[source].add(target)
    return found


def _indexed(condition: models.Q) -> models.QuerySet:
    """Of things that can be translated: kind and key of what refers, and of what is referred to."""
    rows = ReferenceIndex.objects.filter(condition, to_content_type__in=_kinds())
    return rows.values_list("base_content_type", "object_id", "to_content_type", "to_object_id").distinct()


def _chosen_rows(model: type[models.Model], field: Any, pks: Iterable[int]) -> models.QuerySet:
    """The same of a relation to many things."""
    through = models.QuerySet(field.remote_field.through)
    source, target, text = field.m2m_field_name(), field.m2m_reverse_field_name(), models.CharField()
    rows = through.filter(**{f"{source}__in": pks}).annotate(
        kind=models.Value(_base_type(model).pk),
        key=Cast(models.F(source), text),
        to_kind=models.Value(_base_type(field.related_model).pk),
        to_key=Cast(models.F(target), text),
    )
    return rows.values_list("kind", "key", "to_kind", "to_key")


def _pairs(rows: models.QuerySet) -> Iterator[tuple[Key, Key]]:
    for kind, key, to_kind, to_key in rows:
        if pk := parse_key(to_key):
            yield (kind, int(key)), (to_kind, pk)


def _originals(keys: Collection[Key], *, is_draft: bool) -> dict[Key, Original]:
    if not keys:
        return {}
    kinds = _kinds()
    places = [models.Q(content_type__in=kinds[kind], object_id__in=pks) for kind, pks in _by_type(keys).items()]
    found = (rights.shown() if is_draft else rights.public()).filter(reduce(or_, places)).exclude(_unsaid())
    return {_key(each): each for each in found.select_related("content_type")}


def _unsaid() -> models.Q:
    """Texts that readers never see."""
    none = models.Q(pk__in=[])
    for model in translatable_models():
        if unsaid := getattr(model, "unsaid", None):
            kind = ContentType.objects.get_for_model(model)
            none |= models.Q(content_type=kind, object_id__in=model._base_manager.filter(unsaid).values("pk"))
    return none


# Kinds of things ----------------------------------------------------------------------------------------


def _base_type(model: type[models.Model]) -> ContentType:
    """As the reference index has it: all page types are pages."""
    base = (model, *model._meta.get_parent_list())[-1]
    return ContentType.objects.get_for_model(base, for_concrete_model=False)


def _kinds() -> dict[int, list[int]]:
    """{content type of a base model: those of what is translated of it}; Django keeps content types in memory."""
    found: dict[int, list[int]] = defaultdict(list)
    for model, kind in ContentType.objects.get_for_models(*translatable_models()).items():
        found[_base_type(model).pk].append(kind.pk)
    return found


def _key(original: Original) -> Key:
    return _base_type(_model(original)).pk, original.object_id


def _model(original: Original) -> Any:
    return ContentType.objects.get_for_id(original.content_type_id).model_class()


def _by_type(keys: Iterable[Key]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for kind, pk in keys:
        found[kind].append(pk)
    return found


def _chosen_from_lists(model: type[models.Model]) -> list[Any]:
    """Relations to many things that are translated: the reference index does not have them."""
    return [field for field in model._meta.many_to_many if field.related_model in translatable_models()]
