"""Releasing a draft for translation: translators then see exactly that revision."""

from django.db import models, transaction
from wagtail.log_actions import log
from wagtail.permissions import page_permission_policy

from core.models import BasePage
from core.segments import extract

from ..desk import draft_wordings
from ..desk.progress import refresh
from ..models import Original


def may_release(user: models.Model, page: BasePage) -> bool:
    """Those who may edit the page."""
    return page_permission_policy.user_has_permission_for_instance(user, "change", page)


@transaction.atomic
def release(original: Original, user: models.Model) -> bool:
    """Release the latest revision. False if there is none that differs from what readers see."""
    live = original.live()
    revision = live.get_latest_revision()
    if revision is None or (live.live and not live.has_unpublished_changes):
        return False
    if not original.released_id:
        draft_wordings.hide(original)
    original.released = revision
    segments = extract(original.for_translators())
    draft_wordings.show(original, segments)
    original.total = len(segments)
    original.save(update_fields=["released", "total"])
    _refresh_all(original)
    log(instance=live, action="languages.release", user=user, revision=revision)
    return True


@transaction.atomic
def retract(original: Original) -> None:
    """Translators see the published text again; nothing is published together with the draft.

    What only the draft said is gone from the desk for everybody, and so is what was written for it, until it is
    released again or published.
    """
    draft_wordings.hide(original)
    original.released = None
    original.total = len(extract(original.live()))
    original.save(update_fields=["released", "total"])
    original.translations.update(publish_with_source=False)
    _refresh_all(original)


def _refresh_all(original: Original) -> None:
    for code in original.translations.values_list("language", flat=True):
        refresh(original, code, worked=False)
