"""Publishing a translation at a time set for it."""

import logging
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override as language_override
from wagtail.log_actions import log

from core.notices.reading import language_of
from core.publishing.schedule import PUBLISHED, REFUSED, Outcome
from core.segments import extract

from ..desk import rights, telling
from ..desk.errors import DeskError
from ..desk.rows import rows_of
from ..models import Original, Translation
from .publish import check_ready, publish


logger = logging.getLogger(__name__)


def check_schedulable(original: Original, language: str) -> None:
    """What is scheduled must be ready when the time is set: later nobody is there to see an error.

    Raises NotReadyError, and DeskError if readers do not see the original itself.
    """
    if not original.is_live:
        raise DeskError(_("The Chinese page is not published yet."))
    check_ready(original, language, rows_of(original, language, extract(original.live())))


def publish_due(now: Any = None) -> list[tuple[Translation, str]]:
    """Publish what is scheduled for now or earlier. Returns each translation with why it could not be published, or "".

    What cannot be published is not tried again: its time is removed, and the reason is logged.
    """
    now = now or timezone.now()
    outcome = []
    for translation in Translation.objects.filter(publish_at__lte=now).select_related(
        "original__content_type", "publish_as"
    ):
        due = Translation.objects.filter(pk=translation.pk, publish_at__lte=now)
        if due.exists():  # nobody has cancelled it in the meantime
            problem = publish_as_requested(translation, translation.original, translation.publish_as)
            if problem:
                due.update(publish_at=None)
            outcome.append((translation, problem))
    return outcome


def publish_scheduled_translations(now: datetime) -> list[Outcome]:
    """What the portal's scheduler runs."""
    return [Outcome(str(translation), REFUSED if why else PUBLISHED, why) for translation, why in publish_due(now)]


def publish_as_requested(translation: Translation, original: Original, user: models.Model | None) -> str:
    """Publish what somebody asked for earlier. Returns why it could not be published, or ""; the reason is also in the
    log of the object. A failure here does not stop others from being published."""
    try:
        if user is None or not rights.may_publish(user, translation.language):
            raise DeskError(_("Whoever scheduled it may not publish this language any more."))
        with language_override(language_of(user)):  # what is wrong is said to them
            publish(original, translation.language, user)
    except DeskError as error:
        problem = str(error)
        logger.error("%s could not be published: %s", translation, problem)
    except Exception:
        problem = _("Something went wrong; it is in the log of the server.")
        logger.exception("%s could not be published", translation)
    else:
        return ""
    if live := models.QuerySet(original.model).filter(pk=original.object_id).first():
        data = {"language": translation.language, "problem": problem}
        log(instance=live, action="languages.not_published", user=user, data=data)
    telling.not_published(original, translation.language, problem, user)
    return problem
