"""What a corrected file would change in a draft, and the draft changed by it: all of it or nothing."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.languages import source_columns
from core.locking import held
from core.models import BasePage, PortalImage
from news.models import StoryPage

from ..importing.applying import Draft, Names, byline_of_people, check_rights
from ..importing.library import Library, pictures_of
from ..importing.reader import ImportRefused
from ..importing.story import Fields, fold
from ..importing.stream import stream
from ..imports.making import content_of, one_at_a_time, remember
from ..imports.parts import Choices
from ..imports.rights import why_not_onto
from ..imports.storing import choices_of, with_pictures
from ..models import StoryImport
from .comparing import Comparison, compare
from .fields import FieldRow, compare_fields, fields_of


Key = int | str  # of a picture: in the library, else its name in the file


@dataclass
class Plan:
    """`pictures` are keys of pictures by their names in the file; one that the library does not have yet goes by that
    name, which its bytes decide. `revision` is that of the draft that was compared."""

    fields: list[FieldRow]
    comparison: Comparison
    folded: Fields
    new: dict[str, Any]
    pictures: dict[str, Key]
    revision: int | None
    page: StoryPage

    @property
    def token(self) -> str:
        """Tells whether a comparison is the one that somebody has seen."""
        rows = [(str(row.sort), row.name) for row in self.fields]
        said = [(str(row.sort), row.file.words if row.file else "") for row in self.comparison.rows]
        return hashlib.sha256(repr((self.revision, rows, said)).encode("utf-8", "replace")).hexdigest()[:32]


def plan_of(stored: StoryImport, choices: Choices | None = None) -> Plan:
    """Writes nothing. Raises ImportRefused if there is no draft any more."""
    page = StoryPage.objects.filter(pk=stored.onto_id).first()
    if page is None:
        raise ImportRefused(_("The draft that this file was to change is gone."))
    choices = choices or choices_of(stored)
    draft: Any = page.get_latest_revision_as_object()
    folded = fold(choices.story())
    known = _known(stored)
    body = stream(folded.body, known)
    new = fields_of(folded, known)
    base = _base_of(stored)
    now = content_of(draft) | {"byline": _people(draft)}
    return Plan(
        compare_fields(base, now, new),
        compare(base["body"] if base else None, now["body"], body),
        folded,
        new,
        known,
        page.latest_revision_id,
        page,
    )


def _people(draft: Any) -> list[list[str]]:
    rows = sorted(draft.byline.all(), key=lambda row: row.sort_order or 0)
    return [[row.role, row.contributor.name] for row in rows]


def _base_of(stored: StoryImport) -> dict[str, Any] | None:
    """What the last import has made of the draft."""
    done = StoryImport.objects.filter(page=stored.onto_id, state=StoryImport.State.DONE)
    last = done.exclude(pk=stored.pk).order_by("-changed_at", "-pk").first()
    if last is None or "content" not in last.made:
        return None
    return last.made["content"] | {"byline": last.made.get("byline", [])}


def _known(stored: StoryImport) -> dict[str, Key]:
    """Keys of the file's pictures, found in the library by their bytes as the library itself does."""
    digests = dict(stored.pictures.order_by("pk").values_list("name", "digest"))
    found = PortalImage.objects.filter(file_hash__in=set(digests.values())).order_by("-pk")
    keys = dict(found.values_list("file_hash", "pk"))
    return {name: keys.get(digest, name) for name, digest in digests.items()}


# The draft -----------------------------------------------------------------------------------------


class Meanwhile(ImportRefused):
    """The draft, or what the file becomes, is not what was compared."""


def update(stored: StoryImport, user: Any, token: str, taken: Collection[int], taken_fields: Collection[str]) -> Draft:
    """`taken` are numbers of rows of the comparison in which the file is followed, `taken_fields` names of fields.

    Raises ImportRefused, Meanwhile among them, and PermissionDenied.
    """
    with one_at_a_time(stored) as files:
        held(BasePage, stored.onto_id)
        plan = plan_of(stored, choices_of(stored))
        if problem := why_not_onto(plan.page, user):
            raise ImportRefused(problem)
        if plan.token != token:
            raise Meanwhile(_("The draft was changed meanwhile, so nothing was imported. Compare again."))
        check_rights(user, has_pictures=False)
        library, names = Library(with_pictures(choices_of(stored), stored).document, user), Names()
        with transaction.atomic(), library.all_or_nothing(), source_columns():
            page = _write(plan, library, names, user, taken, taken_fields)
        files += library.files
        found = [*library.document.findings, *plan.folded.findings, *library.findings, *names.findings]
        draft = Draft(page, plan.folded, found, library.added, names.added, library.files)
        remember(stored, page, draft, before=plan.revision)
        picture = library.keys.get(plan.new["picture"], plan.new["picture"])
        body = _with_keys(plan.comparison.remembered(), library.keys)
        stored.made["content"] = plan.new | {"body": body, "picture": picture}
        stored.save(update_fields=["made"])
    return draft


def _write(
    plan: Plan, library: Library, names: Names, user: Any, taken: Collection[int], taken_fields: Collection[str]
) -> StoryPage:
    page: Any = plan.page.get_latest_revision_as_object()
    body = plan.comparison.body(taken)
    values = {row.name: row.file for row in plan.fields if row.may_choose and row.name in taken_fields}
    wanted = {key for key in (*_pictures_in(body), values.get("picture")) if isinstance(key, str)}
    if wanted:
        check_rights(user, has_pictures=True)
        library.add([each for each in pictures_of(plan.folded) if each.file in wanted], plan.folded.title or page.title)
    page.body = [block for block in _with_keys(body, library.keys) if not _is_lost(block)]
    if "picture" in values:
        key = library.keys.get(values["picture"], values["picture"])
        page.picture_id = key if isinstance(key, int) else None
    for name in values.keys() - {"picture", "byline"}:
        setattr(page, name, values[name] or "")
    if "byline" in values:
        page.byline = byline_of_people(values["byline"], names)
    page.save_revision(user=user, log_action=True, clean=False)
    plan.page.refresh_from_db()
    return plan.page


def _pictures_in(body: list[dict[str, Any]]) -> Iterator[Key]:
    return (block["value"]["image"] for block in body if block["type"] == "image")


def _with_keys(body: list[dict[str, Any]], keys: Mapping[str, int]) -> list[dict[str, Any]]:
    """With the keys of the pictures that are in the library now."""
    done = []
    for block in body:
        key = keys.get(block["value"]["image"]) if block["type"] == "image" else None
        done.append(block | {"value": block["value"] | {"image": key}} if key else block)
    return done


def _is_lost(block: dict[str, Any]) -> bool:
    """Whether it is a picture that could not be read, which is noted."""
    return block["type"] == "image" and isinstance(block["value"]["image"], str)
