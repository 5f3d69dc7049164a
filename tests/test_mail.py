"""Mail never holds up a save, whatever the server does."""

import logging
import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from core import mail
from eduportal.settings.mail import mail as settings_of  # noqa: TID251


BACKEND = "core.mail.AfterCommitBackend"
LETTER = EmailMessage("题", "文", "a@example.org", ["b@example.org"])


@pytest.fixture
def nobody_answers(settings):
    """A port of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        yield


@pytest.mark.django_db
class TestWhatIsSentInATransaction:
    def test_a_server_that_does_not_answer_is_a_line_in_the_log(
        self, nobody_answers, caplog, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            assert get_connection(BACKEND).send_messages([LETTER]) == 1
        assert "1 mails were not sent" in caplog.text

    def test_it_leaves_when_the_transaction_is_complete(self, settings, mailoutbox, django_capture_on_commit_callbacks):
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        with django_capture_on_commit_callbacks(execute=True):
            get_connection(BACKEND).send_messages([LETTER])
            assert mailoutbox == []
        assert [letter.subject for letter in mailoutbox] == ["题"]

    def test_what_is_undone_sends_nothing(self, settings, mailoutbox, django_capture_on_commit_callbacks):
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            get_connection(BACKEND).send_messages([LETTER])
            transaction.set_rollback(True)
        assert mailoutbox == []


def test_the_self_check_knows_that_nobody_answers(nobody_answers, caplog):
    caplog.set_level(logging.CRITICAL)
    assert (mail.is_set_up(), mail.answers()) == (True, False)


class TestEmailUrl:
    def test_all_parts(self):
        said = settings_of("smtp+tls://po%40rtal:p%2Fw@mail.example.org:2525?from=portal@example.org")
        assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("mail.example.org", 2525)
        assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("po@rtal", "p/w")
        assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (True, False)
        assert said["DEFAULT_FROM_EMAIL"] == "portal@example.org"
        assert said["EMAIL_BACKEND"] == BACKEND

    def test_ports_follow_from_the_scheme(self):
        assert [settings_of(f"{kind}://h")["EMAIL_PORT"] for kind in ("smtp", "smtp+tls", "smtps")] == [25, 587, 465]

    @pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:port"])
    def test_what_cannot_be_read_is_refused_at_the_start(self, url):
        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
            settings_of(url)
