"""Notices by mail: as each wants it, in their language, and never so that somebody waits for a mail server."""

import socket
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from core.models import Language, MailTime, Notice, NoticeSettings, User
from core.notices import kinds
from core.notices.account import MailForm
from core.notices.kinds import Kind, register
from core.notices.mailing import GIVEN_UP_AFTER, TRIED_AGAIN_AFTER, send_due, send_when_due
from core.notices.sending import next_daily, notify
from core.publishing.schedule import run_due


pytestmark = pytest.mark.django_db

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
HIDDEN = set()
WRITTEN = "Bcc: all@example.org\r\nSubject: x"


@pytest.fixture(autouse=True)
def mail_is_set_up(settings, monkeypatch):
    settings.MAIL_TRANSPORT = LOCMEM
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    monkeypatch.setattr(kinds, "_kinds", {})
    HIDDEN.clear()


def kind_of(name="tried", **fields):
    def visible(_reader, notices):
        return [notice.pk for notice in notices if notice.subject_id not in HIDDEN]

    return register(
        Kind(f"core.{name}", _("Home"), format_lazy("{}: %(subject)s", _("Home")), **{"visible": visible} | fields)
    )


def person(name="anna", language="en", **fields):
    user = User.objects.create_user(name, **{"email": f"{name}@example.org"} | fields)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def tell(people, kind, label="Les écoles", code="fr"):
    notices = notify(
        people, kind, subject=Language.objects.get(code=code), label=label, url="/admin/reports/?a=1#segment=title"
    )
    return notices[0]


def sent(mailoutbox):
    return [(letter.to, letter.subject) for letter in mailoutbox]


class TestAtOnce:
    def test_it_is_in_the_recipients_language_and_leads_there(self, mailoutbox):
        kind = kind_of()
        tell([person("anna", "en"), person("bert", "zh-hans")], kind)
        first = Notice.objects.get(recipient__username="anna")
        send_due()
        english, chinese = mailoutbox
        assert english.subject.endswith("] Home: Les écoles")
        assert f"https://portal.example/admin/reports/?a=1&notice={first.pk}#segment=title" in english.body
        assert chinese.subject.endswith("] 首页: Les écoles")
        assert english.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_it_is_text_and_html_whose_names_are_no_markup(self, mailoutbox):
        tell([person("anna", "zh-hans")], kind_of(), label="<b>&开学")
        send_due()
        (letter,) = mailoutbox
        ((html, mimetype),) = letter.alternatives
        assert ("<b>&开学" in letter.body, mimetype) == (True, "text/html")
        assert '<html lang="zh-hans">' in html
        page = BeautifulSoup(html, "html.parser")
        address = f"https://portal.example/admin/reports/?a=1&notice={Notice.objects.get().pk}#segment=title"
        assert page.find("a", href=address).text == "首页: <b>&开学"
        assert page.find("b") is None

    def test_it_is_sent_once(self, mailoutbox):
        kind, anna = kind_of(), person()
        tell([anna], kind)
        assert [send_due(), send_due()] == [1, 0]
        tell([anna], kind)  # it is still unread
        assert send_due() == 0
        assert len(mailoutbox) == 1

    def test_what_happens_again_the_next_day_is_mailed_again(self, mailoutbox):
        kind, anna = kind_of(), person()
        tell([anna], kind)
        send_due()
        tell([anna], kind)
        assert send_due(timezone.now() + timedelta(hours=21)) == 1

    def test_whoever_has_read_it_meanwhile_gets_none(self, mailoutbox):
        kind, anna = kind_of(), person()
        tell([anna], kind)
        anna.notices.mark_read()
        assert send_due() == 0

    def test_what_may_not_be_seen_any_more_is_not_mailed(self, mailoutbox):
        kind, anna = kind_of(), person()
        tell([anna], kind)
        HIDDEN.add(Language.objects.get(code="fr").pk)
        assert send_due() == 0
        assert mailoutbox == []

    def test_no_name_gets_into_the_headers(self, mailoutbox):
        kind, anna = kind_of(), person()
        tell([anna], kind, label=WRITTEN + "长" * 300)
        send_due()
        (letter,) = mailoutbox
        assert "\n" not in letter.subject
        assert len(letter.subject) < 250
        assert "Bcc" not in dict(letter.message().items())

    def test_without_mail_or_address_nothing_waits(self, settings, mailoutbox):
        kind = kind_of()
        tell([person("bert", email="")], kind)
        settings.MAIL_TRANSPORT = "django.core.mail.backends.console.EmailBackend"
        tell([person("anna")], kind)
        settings.MAIL_TRANSPORT = LOCMEM
        assert not Notice.objects.filter(mail_at__isnull=False).exists()
        assert send_due() == 0

    def test_the_scheduler_sends_it(self, mailoutbox):
        tell([person()], kind_of())
        run_due()
        assert len(mailoutbox) == 1


class TestDaily:
    def test_one_mail_names_all_of_the_day(self, mailoutbox):
        daily, anna = kind_of(mail=MailTime.DAILY), person()
        tell([anna], daily, "Les écoles")
        tell([anna], daily, "Las escuelas", "es")
        assert send_due() == 0
        assert send_due(next_daily(timezone.now())) == 1
        (letter,) = mailoutbox
        assert letter.subject.endswith("2 notices")
        assert "Les écoles" in letter.body
        assert "Las escuelas" in letter.body

    def test_the_command_does_not_wait_for_the_hour_and_sends_nothing_again(self, mailoutbox, capsys):
        tell([person(), person("bert")], kind_of(mail=MailTime.DAILY))
        call_command("send_digest")
        assert "2 mails" in capsys.readouterr().out
        call_command("send_digest")
        assert "0 mails" in capsys.readouterr().out
        assert send_due(next_daily(timezone.now())) == 0
        assert len(mailoutbox) == 2

    def test_one_day_after_nothing_ran_has_one_mail_at_its_hour(self, mailoutbox):
        daily, anna = kind_of(mail=MailTime.DAILY), person()
        hour = next_daily(timezone.now())
        tell([anna], daily, "Les écoles")
        Notice.objects.update(mail_at=hour - timedelta(days=1), at=hour - timedelta(days=1, hours=3))
        tell([anna], daily, "Las escuelas", "es")
        send_when_due(hour - timedelta(minutes=30))
        assert mailoutbox == []
        send_when_due(hour)
        (letter,) = mailoutbox
        assert letter.subject.endswith("2 notices")

    def test_what_nothing_ran_for_in_the_morning_is_sent_in_the_evening(self, mailoutbox):
        tell([person()], kind_of(mail=MailTime.DAILY))
        send_when_due(next_daily(timezone.now()) + timedelta(hours=11))
        assert len(mailoutbox) == 1

    def test_it_is_seven_by_the_clocks_of_the_site(self):
        def at(*moment):
            return datetime(*moment, tzinfo=ZoneInfo("Asia/Shanghai"))

        assert next_daily(at(2026, 3, 1, 6, 59)) == at(2026, 3, 1, 7)
        assert next_daily(at(2026, 3, 1, 7)) == at(2026, 3, 2, 7)
        assert next_daily(at(2026, 3, 1, 23).astimezone(ZoneInfo("UTC"))) == at(2026, 3, 2, 7)


class TestWishes:
    def test_a_choice_wins_over_the_kind(self, mailoutbox):
        at_once, never = kind_of(), kind_of("other", mail=MailTime.NEVER)
        anna = person()
        NoticeSettings.objects.create(user=anna, mail={at_once.id: "never", never.id: "at_once", "core.gone": "x"})
        tell([anna], at_once)
        tell([anna], never, "Las escuelas", "es")
        send_due()
        assert ["Las escuelas" in letter.body for letter in mailoutbox] == [True]

    def test_what_waits_follows_a_new_choice(self, mailoutbox):
        kind, anna = kind_of(mail=MailTime.DAILY), person()
        tell([anna], kind)
        form = MailForm({"m-core_tried": "never"}, instance=NoticeSettings(user=anna), prefix="m")
        assert form.is_valid()
        form.save()
        call_command("send_digest")
        assert mailoutbox == []

    def test_a_kind_is_offered_to_whom_it_concerns(self):
        kind_of(concerns=lambda user: user.is_superuser)
        assert not MailForm(instance=NoticeSettings(user=person())).fields


class TestAServerThatIsAway:
    @pytest.fixture
    def nobody_answers(self, settings):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
            yield

    def test_it_is_asked_once_and_again_later(self, nobody_answers, settings, caplog, mailoutbox):
        people = [person("anna"), person("bert")]
        tell(people, kind_of())
        assert send_due() == 0
        assert caplog.text.count("takes no mail") == 1
        settings.MAIL_TRANSPORT = LOCMEM
        assert send_due() == 0  # not at once
        assert send_due(timezone.now() + TRIED_AGAIN_AFTER) == 2
        assert sorted(letter.to[0] for letter in mailoutbox) == ["anna@example.org", "bert@example.org"]

    def test_it_is_given_up_in_the_end(self, nobody_answers):
        tell([person()], kind_of())
        Notice.objects.update(at=timezone.now() - GIVEN_UP_AFTER - timedelta(minutes=1))
        send_due()
        assert not Notice.objects.filter(mail_at__isnull=False).exists()

    def test_one_address_that_is_refused_keeps_nobody_waiting(self, monkeypatch, mailoutbox, caplog):
        stock = EmailBackend.send_messages

        def picky(backend, letters):
            if letters[0].to == ["anna@example.org"]:
                raise SMTPRecipientsRefused({"anna@example.org": (550, b"unknown")})
            return stock(backend, letters)

        monkeypatch.setattr(EmailBackend, "send_messages", picky)
        tell([person("anna"), person("bert")], kind_of())
        assert send_due() == 1
        assert "refused" in caplog.text
        assert send_due() == 0


def test_old_notices_are_cleared(capsys):
    kind, anna = kind_of(), person()
    ages = {"fr": (100, 95), "es": (100, 80), "ru": (100, None), "ar": (400, None)}
    for code, (age, read) in ages.items():
        notice = tell([anna], kind, code, code)
        then = timezone.now() - timedelta(days=age)
        read_at = read and timezone.now() - timedelta(days=read)
        Notice.objects.filter(pk=notice.pk).update(at=then, read_at=read_at)
    call_command("clear_notices", "--dry-run")
    assert "2 old" in capsys.readouterr().out
    call_command("clear_notices")
    assert set(Notice.objects.values_list("label", flat=True)) == {"es", "ru"}
