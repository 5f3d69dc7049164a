"""The mails: what is due to one person goes in one mail, in that person's language.

No action waits for mail. A notice says when it is to be mailed; the scheduler looks for those whose time has come. A
server that takes no mail is asked again later, and whoever has been told in the admin meanwhile is not told by mail.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.users.models import UserProfile

from .. import mail
from ..models import Notice
from .reading import Shown, language_of, shown
from .sending import next_daily


logger = logging.getLogger(__name__)

AT_A_TIME = 10  # people in one round of the scheduler, which has other things to do
TRIED_AGAIN_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=2)
LONGEST_SUBJECT = 200
DAYS_MISSED = 31  # of the scheduler, after which a daily mail is sent when it runs again


def send_due(now: datetime | None = None, *, people: int | None = AT_A_TIME) -> int:
    """Mail what is due, to at most so many people. Returns how many mails left. Never waits for a server that is away
    more than once."""
    now = now or timezone.now()
    if not mail.is_configured():
        return 0
    due = list(_due(now))
    sent = 0
    for number, (_key, group) in enumerate(groupby(due, key=lambda notice: notice.recipient_id)):
        if people is not None and number >= people:
            break
        try:
            sent += _send(list(group), now)
        except mail.ServerAway:
            _try_again([notice.pk for notice in due], now)
            break
        except Exception:
            logger.exception("Notices were not mailed")
    return sent


def send_when_due(now: datetime) -> list[Any]:
    """What the portal's scheduler runs."""
    _let_wait(now)
    send_due(now)
    return []


def _let_wait(now: datetime) -> None:
    """The daily mail of a day on which nothing ran goes with that of today, if its hour is still to come: one a day."""
    hour = next_daily(now)
    if hour.date() != now.astimezone(hour.tzinfo).date():
        return
    missed = [hour - timedelta(days=days) for days in range(1, DAYS_MISSED + 1)]
    late = Notice.objects.filter(read_at=None, mail_at__in=missed)
    if late.exists():
        late.update(mail_at=hour)


def send_daily(now: datetime | None = None) -> int:
    """Mail all that waits, also what waits for the hour of the daily mail. Returns how many mails left."""
    now = now or timezone.now()
    Notice.objects.filter(read_at=None, mail_at__gt=now).update(mail_at=now)
    return send_due(now, people=None)


def _due(now: datetime) -> models.QuerySet[Notice]:
    found = Notice.objects.to_mail(now).order_by("recipient", "-at", "-pk")
    return found.select_related("recipient__wagtail_userprofile", "actor")


def _send(notices: list[Notice], now: datetime) -> int:
    """One mail for one person. What it names is claimed first, so that of two schedulers one sends it."""
    recipient = notices[0].recipient
    ours = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    ours.to_mail(now).update(mail_at=None, mailed_at=now)
    claimed = set(ours.filter(mailed_at=now).values_list("pk", flat=True))
    named = [notice for notice in notices if notice.pk in claimed]
    letter = letter_to(recipient, named) if named and recipient.email else None
    if letter is None:
        return 0
    try:
        return int(mail.send_one(letter))
    except mail.ServerAway:
        _unclaim(named)
        raise


def _unclaim(notices: Sequence[Notice]) -> None:
    """None of them was mailed after all."""
    for notice in notices:
        unread = Notice.objects.filter(pk=notice.pk, read_at=None)
        unread.update(mail_at=notice.mail_at, mailed_at=notice.mailed_at)


def _try_again(keys: list[int], now: datetime) -> None:
    waiting = Notice.objects.filter(pk__in=keys, mail_at__isnull=False)
    waiting.filter(at__lt=now - GIVEN_UP_AFTER).update(mail_at=None)
    waiting.update(mail_at=now + TRIED_AGAIN_AFTER)


def letter_to(recipient: Any, notices: Sequence[Notice]) -> EmailMultiAlternatives | None:
    """The mail that names these notices, as text and as HTML, without those whose subject the person may not see; None if
    none is left."""
    profile = getattr(recipient, "wagtail_userprofile", None) or UserProfile(user=recipient)
    with translation.override(language_of(recipient)), timezone.override(ZoneInfo(profile.get_current_time_zone())):
        told = [each for each in shown(recipient, notices) if not each.is_hidden]
        if not told:
            return None
        context = {
            "notices": [(each, address_of(each)) for each in told],
            "recipient": recipient,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "list_url": absolute(reverse("notices")),
            "settings_url": absolute(reverse("wagtailadmin_account")),
        }
        body = render_to_string("core/admin/notices_mail.txt", context)
        headers = {"Auto-Submitted": "auto-generated"}
        letter = EmailMultiAlternatives(_subject(told), body, to=[recipient.email], headers=headers)
        letter.attach_alternative(render_to_string("core/admin/notices_mail.html", context), "text/html")
        return letter


def _subject(told: list[Shown]) -> str:
    """Of one line, whatever the names in it hold."""
    count = len(told)
    many = ngettext("%(number)d notice", "%(number)d notices", count) % {"number": count}
    text = " ".join((told[0].text if count == 1 else many).split())
    short = text if len(text) <= LONGEST_SUBJECT else f"{text[: LONGEST_SUBJECT - 1]}…"
    return f"[{settings.WAGTAIL_SITE_NAME}] {short}"


def address_of(notice: Shown) -> str:
    """Where it leads: a page that is opened so tells the portal that the notice was read (static/js/admin/notices.js)."""
    path, hash_, place = notice.url.partition("#")
    if not path:
        return ""
    query = urlencode({"notice": notice.notice.pk})
    return absolute(f"{path}{'&' if '?' in path else '?'}{query}{hash_}{place}")


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
