"""Telling people of something."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from .. import mail
from ..models import MailTime, Notice, NoticeSettings
from .kinds import Kind


DAILY_AT = time(7)  # by the clocks of the site (TIME_ZONE)
LONGEST = {name: Notice._meta.get_field(name).max_length for name in ("part", "label", "url")}
RENEWED = ("actor", "label", "url", "parameters", "at", "mail_at")


@transaction.atomic
def notify(
    recipients: Iterable[models.Model],
    kind: Kind,
    *,
    subject: models.Model | None = None,
    part: str = "",
    label: str = "",
    url: str = "",
    actor: models.Model | None = None,
    **parameters: Any,
) -> list[Notice]:
    """Tell each of these people once, in this transaction: if it is undone, nobody is told.

    An unread notice of the same kind about the same subject, and part of it, is renewed instead of doubled; without a
    subject it is the one that leads to the same `url`. Nobody is told of what they did themselves, and nobody whose
    account is closed. `url` is an address of the admin, `label` what the subject is called now, `parameters` are those
    that the kind names. Raises TypeError if they are others.
    """
    if set(parameters) != set(kind.parameters):
        raise TypeError(f"{kind.id} takes {sorted(kind.parameters)}, not {sorted(parameters)}.")
    people = _told(recipients, actor)
    wanted = _mail_times(people, kind)
    about = ContentType.objects.get_for_model(subject, for_concrete_model=True) if subject else None
    now = timezone.now()
    notices = [
        Notice(
            recipient=person,
            kind=kind.id,
            actor=actor,
            subject_type=about,
            subject_id=subject.pk if subject else None,
            part=part[: LONGEST["part"]],
            label=label[: LONGEST["label"]],
            url=url if len(url) <= LONGEST["url"] else url.partition("#")[0],
            parameters=parameters,
            at=now,
            mail_at=mail_moment(wanted[person.pk], now) if person.email else None,
            standing=_standing(person, kind, about, subject, part or ("" if subject else url)),
        )
        for person in people
    ]
    return Notice.objects.bulk_create(
        notices, update_conflicts=True, unique_fields=["standing"], update_fields=[*RENEWED]
    )


def _told(recipients: Iterable[models.Model], actor: models.Model | None) -> list[Any]:
    """In one order, so that two transactions which tell the same people wait for each other and not in a circle."""
    keys = {person.pk for person in recipients} - {actor.pk if actor else None}
    return list(get_user_model().objects.filter(pk__in=keys, is_active=True).order_by("pk")) if keys else []


def _mail_times(people: list[Any], kind: Kind) -> dict[int, MailTime]:
    settings = {row.user_id: row for row in NoticeSettings.objects.filter(user__in=people)} if people else {}
    return {
        person.pk: settings[person.pk].mail_time(kind.id, kind.mail) if person.pk in settings else kind.mail
        for person in people
    }


def mail_moment(wanted: MailTime, now: datetime) -> datetime | None:
    """When to mail what happens now: None if not at all, or if no mail leaves this portal."""
    if wanted == MailTime.NEVER or not mail.is_configured():
        return None
    return now if wanted == MailTime.AT_ONCE else next_daily(now)


def next_daily(now: datetime) -> datetime:
    """The first time after `now` that it is the hour of the daily mail."""
    here = now.astimezone(timezone.get_default_timezone())
    today = datetime.combine(here.date(), DAILY_AT, here.tzinfo)
    return today if today > here else datetime.combine(here.date() + timedelta(days=1), DAILY_AT, here.tzinfo)


def _standing(
    person: models.Model, kind: Kind, about: ContentType | None, subject: models.Model | None, part: str
) -> str:
    identity = (person.pk, kind.id, about and about.pk, subject and subject.pk, part)
    return hashlib.sha256("\0".join(map(str, identity)).encode()).hexdigest()
