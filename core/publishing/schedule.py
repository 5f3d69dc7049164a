"""What is due goes live or is withdrawn: run by `run_scheduler` every few seconds, or by `publish_scheduled` once.

Each object is a transaction of its own that holds its row, so two runs at once publish it once, and what fails for one
keeps nobody else waiting. Other apps register what else is due with `scheduled_job`.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import AbstractPage, DraftStateMixin, Revision

from ..locking import held
from ..models import BasePage
from .acts import NotPublishable, reasons


logger = logging.getLogger(__name__)

PUBLISHED, WITHDRAWN, REFUSED, FAILED = "published", "withdrawn", "refused", "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one thing that was due; `problem` says why it did not go live."""

    what: str
    act: str
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.act}: {self.what}{f' ({self.problem})' if self.problem else ''}"


Job = Callable[[datetime], Iterable[Outcome]]

_jobs: list[Job] = []


def scheduled_job(job: Job) -> Job:
    """Decorate a function `(now) -> outcomes` that does what else is due."""
    _jobs.append(job)
    return job


def run_due(now: datetime | None = None) -> list[Outcome]:
    """Publish what is due, then withdraw what has expired, then what other apps have due."""
    now = now or timezone.now()
    outcomes = [_publish(revision, now) for revision in due_revisions(now)]
    outcomes += [_withdraw(obj, now) for obj in expired_objects(now)]
    found = [outcome for outcome in outcomes if outcome]
    for job in _jobs:
        found += job(now)
    for outcome in found:
        logger.log(logging.WARNING if outcome.problem else logging.INFO, "Schedule: %s", outcome)
    return found


def due_revisions(now: datetime) -> list[Revision]:
    return list(Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk"))


def expired_objects(now: datetime) -> list[Any]:
    """Live pages and snippets whose time is over."""
    found: list[Any] = []
    for model in _scheduled_models():
        found += models.QuerySet(model).filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    return found


def _scheduled_models() -> list[type[models.Model]]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [BasePage, *(model for model in drafts if not issubclass(model, AbstractPage))]


def _publish(revision: Revision, now: datetime) -> Outcome | None:
    """None if somebody else published it meanwhile, or its object is gone."""
    obj = revision.content_object
    if obj is None:
        return None
    try:
        with transaction.atomic():
            held(type(obj), obj.pk)
            if not Revision.objects.filter(pk=revision.pk, approved_go_live_at__lte=now).exists():
                return None
            revision.publish(log_action="wagtail.publish.scheduled")
            _withdraw_at_once(obj, now)
    except NotPublishable as error:
        return _refuse(revision, obj, reasons(error))
    except Exception:
        logger.exception("Schedule: revision %s was not published", revision.pk)
        return Outcome(str(obj), FAILED, "see the log")
    return Outcome(str(obj), PUBLISHED)


def _withdraw_at_once(obj: Any, now: datetime) -> None:
    """Its time was over before this run: readers never see it."""
    live = type(obj)._base_manager.get(pk=obj.pk)
    if live.live and live.expire_at and live.expire_at <= now:
        live.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _refuse(revision: Revision, obj: Any, problem: str) -> Outcome:
    """The time is taken out, so that it is not tried again and again; the object's history says why."""
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=obj, action="core.schedule.refused", revision=revision, data={"problem": problem})
    return Outcome(str(obj), REFUSED, problem)


def _withdraw(obj: Any, now: datetime) -> Outcome | None:
    try:
        with transaction.atomic():
            current = held(type(obj), obj.pk).filter(live=True, expire_at__lte=now).first()
            if current is None:
                return None
            getattr(current, "specific", current).unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception:
        logger.exception("Schedule: %r was not withdrawn", obj)
        return Outcome(str(obj), FAILED, "see the log")
    return Outcome(str(obj), WITHDRAWN)
