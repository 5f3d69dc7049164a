"""Telling those whom a text about something mentions, be it a comment beside a page or a remark on a review.

Only those are told who may open what it is about. The writer hears in a notice of whom nobody told: most places where
something is written show no answer of ours.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from ..models import BasePage, MailTime, Notice
from . import mentions
from .kinds import Kind, register
from .sending import notify


WORK = frozenset({"change", "publish"})  # what opens the editor
LONGEST = 200  # characters of the text that a notice shows


def people_of(obj: models.Model) -> models.QuerySet:
    """Those who may open it in its editor."""
    found: models.QuerySet = _policy(type(obj)).users_with_any_permission_for_instance(WORK, obj)
    return found


def _policy(model: type[models.Model]) -> Any:
    return policy_registry.get_by_type(BasePage if issubclass(model, BasePage) else model)


def _concerns(user: models.Model) -> bool:
    drafted = (model for model in get_snippet_models() if issubclass(model, DraftStateMixin))
    return any(_policy(model).user_has_any_permission(user, WORK) for model in (BasePage, *drafted))


def _visible(reader: models.Model, notices: Collection[Notice]) -> set[int]:
    """Those about what the reader may open: a query for each kind of thing."""
    found: set[int] = set()
    for model, theirs in _by_model(notices):
        editable = _policy(model).instances_user_has_any_permission_for(reader, WORK)
        keys = {notice.subject_id for notice in theirs}
        seen = set(editable.filter(pk__in=keys).values_list("pk", flat=True))
        found |= {notice.pk for notice in theirs if notice.subject_id in seen}
    return found


def _by_model(notices: Collection[Notice]) -> Iterator[tuple[type[models.Model], list[Notice]]]:
    """Pages of every type are asked for together."""
    groups: dict[type[models.Model], list[Notice]] = {}
    for notice in notices:
        model = notice.subject_type_id and ContentType.objects.get_for_id(notice.subject_type_id).model_class()
        if model:
            groups.setdefault(BasePage if issubclass(model, BasePage) else model, []).append(notice)
    yield from groups.items()


MENTIONED = register(
    Kind(
        id="core.mentioned",
        label=_("Mentions in comments and reviews"),
        message=_("%(actor)s mentioned you in “%(subject)s”: %(text)s"),
        visible=_visible,
        icon="comment",
        parameters=("text",),
        concerns=_concerns,
    )
)
NOT_TOLD = register(
    Kind(
        id="core.not_told",
        label=_("Mentions that reached nobody"),
        message=_(
            "In what you wrote about “%(subject)s”, these were not told: %(names)s. They may not see it, or nobody has this name."
        ),
        visible=_visible,
        icon="warning",
        mail=MailTime.NEVER,
        parameters=("names",),
        concerns=_concerns,
    )
)


def tell(text: str, writer: Any, subject: models.Model, *, part: str, told: Collection[int] = (), **about: Any) -> None:
    """Tell those whom the text mentions. `part` names the comment: whoever has been told of it before is not told again
    when it is edited. `told` are keys of people who hear of the text anyhow, `about` the label and url of the notice."""
    if not mentions.may_mention(text):
        return
    found = mentions.find(text, mentions.staff())
    allowed = set(people_of(subject).values_list("pk", flat=True))
    meant = {person.pk: person for person in found.people.values()}
    known = set(Notice.objects.filter(kind=MENTIONED.id, part=part).values_list("recipient", flat=True))
    new = [person for key, person in meant.items() if key in allowed - known - set(told)]
    about |= {"subject": subject, "part": part}
    notify(new, MENTIONED, actor=writer, text=text[:LONGEST], **about)
    lost = [written for written, person in found.people.items() if person.pk not in allowed]
    lost += [*found.shared, *(f"@{name}" for name in found.unknown)]
    if lost and writer:
        notify([writer], NOT_TOLD, names=" ".join(dict.fromkeys(lost)), **about)
