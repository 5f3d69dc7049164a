"""Every edit view of the admin, our own and Wagtail's, present and later ones: their forms take along what was loaded,
and a form that comes too late is asked about instead of being saved."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm

from ...keys import parse_key
from ...rendering.remembering import remembering
from .answers import Questions, saves_since
from .edit_views import KINDS, Editing, editing_of
from .loaded import CHOICE, LOADED, SEEN, Loaded, is_carried, own_revision
from .merging import Merge
from .refilling import fill_blocks, form_data
from .versions import Stored, posted_version, stored, version_of


def install() -> None:
    for view_class in KINDS:
        _guard(view_class)


def _guard(view_class: Any) -> None:
    stock_dispatch, stock_context = view_class.dispatch, view_class.get_context_data

    def dispatch(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Subclasses have a `post` of their own: whichever it is, it is asked after us."""
        stock_post = getattr(view, "post", None)
        if request.method == "POST" and stock_post:
            view.post = lambda *args, **kwargs: answer(editing_of(view)) or stock_post(*args, **kwargs)
        try:
            with remembering():
                return stock_dispatch(view, request, *args, **kwargs)
        except PermissionDenied:
            request.was_refused = True  # Wagtail goes on to its front page; what was typed is shown (unsent.py)
            raise

    def get_context_data(view: Any, **kwargs: Any) -> dict[str, Any]:
        context = stock_context(view, **kwargs)
        if not view.expects_json_response:
            context["loaded_version"] = _to_take_along(editing_of(view))
        return context

    view_class.dispatch, view_class.get_context_data = dispatch, get_context_data


# What a form takes along ------------------------------------------------------------------------


def _to_take_along(editing: Editing) -> str:
    """A form that was sent and is shown again is still one of what was loaded then."""
    view = editing.view
    refilled = getattr(view, "refilled_from", None)
    if refilled is not None:
        return _loaded(editing, refilled).packed()
    if editing.request.method == "POST" and editing.request.POST.get(LOADED):
        return editing.request.POST[LOADED]
    if editing.is_reverting or view.form.is_bound:
        return _loaded(editing, stored(editing.unbound(editing.current))).packed()
    return _loaded(editing, stored(view.form)).packed()


def _loaded(editing: Editing, data: Stored) -> Loaded:
    return Loaded(editing.shown._meta.label, data, _identity(editing), timezone.now())


def _identity(editing: Editing) -> list[str] | None:
    latest = editing.revision
    return [str(latest.pk), latest.created_at.isoformat()] if latest else None


# When it comes back -----------------------------------------------------------------------------


def answer(editing: Editing) -> HttpResponse | None:
    """None if nobody else has changed what this form holds: then it is saved as usual."""
    post = editing.request.POST
    if editing.is_refused_anyway or (SEEN not in post and _is_current(editing)):
        return None
    form = editing.unbound(editing.current)
    now = stored(form)
    try:
        mine = posted_version(form, post)
    except (MultiValueDictKeyError, ValueError) as error:
        raise BadRequest from error
    base = _base(editing)
    merge = Merge(version_of(form, base) if base else None, version_of(form, now), mine)
    if SEEN in post and post[SEEN] == _digest(now):
        return _refilled(editing, form, merge, now)
    if not merge.is_needed and SEEN not in post:
        return None
    if editing.view.expects_json_response:
        return editing.view.json_error_response("invalid_revision", _("Somebody else has saved meanwhile."))
    return _asked(editing, Questions(form, editing.panel, merge, _choices(post)), now)


def _is_current(editing: Editing) -> bool:
    """Whether the form was loaded from what is stored now, or does not say what it was loaded from. Without revisions
    only what is stored can tell."""
    post, loaded = editing.request.POST, Loaded.read(editing.request.POST)
    if not editing.has_revisions:
        return loaded is None
    latest = _identity(editing)
    if saved := own_revision(post):
        return latest is not None and latest[0] == saved
    if loaded:
        return loaded.revision == latest
    said = [post.get("loaded_revision_id"), post.get("loaded_revision_created_at", "")]
    return not said[0] or said == latest


def _base(editing: Editing) -> Stored | None:
    """What the form was loaded from; what it has saved by itself since, if it has. None if that is not known."""
    post, loaded = editing.request.POST, Loaded.read(editing.request.POST)
    saved = own_revision(post)
    if loaded and not saved:
        return loaded.stored
    if not editing.has_revisions:
        return None
    wanted = saved or post.get("loaded_revision_id", "")
    revision = editing.live.revisions.filter(pk=parse_key(wanted)).first()
    if revision and (saved or revision.created_at == _moment(post.get("loaded_revision_created_at", ""))):
        return stored(editing.unbound(revision.as_object()))
    return loaded.stored if loaded else None


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _choices(post: QueryDict) -> dict[str, str]:
    return {key.removeprefix(CHOICE): post[key] for key in post if key.startswith(CHOICE)}


def _digest(data: Stored) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _asked(editing: Editing, questions: Questions, now: Stored) -> HttpResponse:
    view, post = editing.view, editing.request.POST
    loaded = Loaded.read(post)
    moment = loaded.at if loaded else _moment(post.get("loaded_revision_created_at", ""))
    kept = {key: values for key, values in post.lists() if is_carried(key)} | {SEEN: [_digest(now)]}
    if LOADED in post:
        kept[LOADED] = [post[LOADED]]
    context = {
        "questions": list(questions),
        "saves": saves_since(editing.live, moment),
        "again": SEEN in post,
        "has_files": bool(editing.request.FILES),
        "is_locked": bool(getattr(view, "locked_for_user", False)),
        "kept": [(key, value) for key, values in kept.items() for value in values],
        "prefix": CHOICE,
        "object": editing.shown,
        "action_url": editing.request.get_full_path(),
        "edit_url": view.get_edit_url(),
    }
    return render(editing.request, "core/admin/collision.html", context, status=409)


def _refilled(editing: Editing, form: Any, merge: Merge, now: Stored) -> HttpResponse:
    """The edit form with the parts that were chosen, against what is stored now: the next save is looked at again."""
    choices = _choices(editing.request.POST)
    data = form_data(form, merge, editing.request.POST, choices)
    for key in [key for key in data if not is_carried(key)]:
        del data[key]
    filled = editing.bound(data)
    fill_blocks(filled, merge, choices)
    if editing.has_revisions and isinstance(filled, WagtailAdminModelForm):
        filled.defer_required_fields()
        filled.is_valid()
        filled.restore_required_fields()
    editing.view.refilled_from = now
    messages.info(
        editing.request, _("Both versions are put together in this form. It is not saved yet: save or publish it.")
    )
    return editing.show(filled)
