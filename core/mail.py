"""Mail never holds up what somebody does in the admin.

Django's mail backend of the portal: what is sent within a transaction leaves once that is complete, and a server that does
not answer is a line in the log. What carries the mail is `MAIL_TRANSPORT`, made from EMAIL_URL (settings/mail.py).
"""

import logging
from collections.abc import Sequence
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction


logger = logging.getLogger(__name__)


class AfterCommitBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. They are sent when the transaction is complete, and not at all if it is undone."""
        messages = list(email_messages)
        transaction.on_commit(lambda: deliver(messages), robust=True)
        return len(messages)


def deliver(messages: Sequence[EmailMessage]) -> int:
    """Send them now; returns how many left. Never raises: what fails is logged."""
    try:
        connection: Any = get_connection(settings.MAIL_TRANSPORT)
        return connection.send_messages(messages) or 0
    except Exception:
        logger.exception("%d mails were not sent", len(messages))
        return 0


class ServerAway(Exception):
    """No mail can be sent at present."""


def send_one(message: EmailMessage) -> bool:
    """Send it now. False, and a line in the log, if the server takes mail but not this one. Raises ServerAway."""
    try:
        connection: Any = get_connection(settings.MAIL_TRANSPORT)
        return bool(connection.send_messages([message]))
    except (BadHeaderError, SMTPRecipientsRefused, SMTPDataError, UnicodeError) as error:
        logger.warning("A mail was refused: %s", error)
        return False
    except Exception as error:
        logger.warning("The mail server takes no mail: %s", error)
        raise ServerAway from error


def is_configured() -> bool:
    """Whether mail goes anywhere but to the log."""
    return not settings.MAIL_TRANSPORT.endswith("console.EmailBackend")


def is_set_up() -> bool:
    """Whether mail leaves this machine: EMAIL_URL names a server."""
    return settings.MAIL_TRANSPORT.endswith("smtp.EmailBackend")


def answers() -> bool:
    """Whether the mail server takes a connection now."""
    try:
        connection: Any = get_connection(settings.MAIL_TRANSPORT, timeout=3)
        connection.open()
        connection.close()
    except Exception:
        logger.exception("The mail server does not answer")
        return False
    return True
