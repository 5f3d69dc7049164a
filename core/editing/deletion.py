"""What is in use is not deleted.

A page or snippet is in use when something outside of what would go with it refers to it: by Wagtail's reference
index, through a many-to-many field or as a site's front page (which the index does not follow), or by a foreign
key that protects it.

The index holds what is stored in the live rows. References that are only in a draft are not in it: the thing can then
be deleted, and the draft's form asks for another one (`SourceRevisionsMixin.with_content_json`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ReferenceIndex, Site

from ..models import BasePage, User


SHOWN = 3
GOES_ALONG = {"wagtailredirects.redirect"}  # an old address is of no use without its page
Identity = tuple[int, str]


def users_of(objects: Iterable[models.Model]) -> list[models.Model]:
    """What refers to any of these objects, or to a page below them, and would stay when they are deleted."""
    doomed = [each for obj in objects for each in _with_descendants(obj)]
    going = {_identity(each) for each in doomed}
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for each in doomed:
        by_model.setdefault(type(each), []).append(each)
    found: dict[Identity, models.Model] = {}
    for model, group in by_model.items():
        for user in chain(_referring(group, going), _linked(model, group), _protecting(group)):
            found.setdefault(_identity(user), user)
    return [user for identity, user in found.items() if identity not in going]


def refuse_if_used(request: HttpRequest, objects: Sequence[models.Model]) -> HttpResponse | None:
    """Hook of every way to delete: name the users of the first object in use and redirect to its usage view; None if
    all are free."""
    using = {_identity(user) for user in users_of(objects)}
    for obj in objects if using else ():
        if users := [user for user in users_of([obj]) if _identity(user) in using]:
            messages.error(request, refusal(request.user, obj, users))
            return redirect(_usage_url(obj))
    return None


def refusal(user: User, obj: models.Model, users: Sequence[models.Model]) -> SafeString:
    """The message: the first few users with links. Those that this person may not edit are only counted."""
    finder = AdminURLFinder(user)
    links = []
    for each in users:
        if len(links) < SHOWN and (url := finder.get_edit_url(each)):
            links.append((url, _name(each)))
    parts = [format_html('<a href="{}">{}</a>', *link) for link in links]
    if others := len(users) - len(links):
        parts.append(_count_of_others(others, alone=not links))
    return format_html(
        _("“{name}” is in use and was not deleted. Used by: {users}."),
        name=_name(obj),
        users=format_html_join(", ", "{}", ((part,) for part in parts)),
    )


def _count_of_others(others: int, alone: bool) -> str:
    if alone:
        return ngettext("{count} object", "{count} objects", others).format(count=others)
    return ngettext("{count} more", "{count} more", others).format(count=others)


def _name(obj: models.Model) -> str:
    return obj.get_admin_display_title() if isinstance(obj, BasePage) else str(obj)


def _usage_url(obj: models.Model) -> str:
    if isinstance(obj, BasePage):
        return reverse("wagtailadmin_pages:usage", args=(obj.pk,))
    return reverse(obj.snippet_viewset.get_url_name("usage"), args=(quote(obj.pk),))


def _identity(obj: models.Model) -> Identity:
    return ReferenceIndex._get_base_content_type(obj).pk, str(obj.pk)


def _with_descendants(obj: models.Model) -> list[models.Model]:
    """The object and, of a page, all pages below it, as base pages."""
    if not isinstance(obj, BasePage):
        return [obj]
    below = BasePage.objects.descendant_of(obj, inclusive=True).defer_other_languages()
    return list(below)


def _referring(group: Sequence[models.Model], going: set[Identity]) -> Iterator[models.Model]:
    """By the index. Entries whose object is gone are passed over."""
    pairs = ReferenceIndex.get_references_to_in_bulk(group).values_list("base_content_type_id", "object_id").distinct()
    ids: dict[int, list[str]] = {}
    for type_id, pk in sorted(set(pairs) - going):
        ids.setdefault(type_id, []).append(pk)
    for type_id, pks in ids.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model and model._meta.label_lower not in GOES_ALONG:
            yield from model._base_manager.in_bulk(pks).values()


def _linked(model: type[models.Model], group: Sequence[models.Model]) -> Iterator[models.Model]:
    """By many-to-many fields, and by a site whose front page it is: the index holds neither."""
    if model is BasePage:
        yield from Site.objects.filter(root_page__in=group)
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            yield from relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": group}).distinct()


def _protecting(group: Sequence[models.Model]) -> list[models.Model]:
    """By foreign keys with PROTECT or RESTRICT, whether or not the index knows them."""
    try:
        Collector(using=group[0]._state.db, origin=group).collect(group)
    except ProtectedError as error:
        return list(error.protected_objects)
    except RestrictedError as error:
        return list(error.restricted_objects)
    return []
