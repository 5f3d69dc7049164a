"""Telling people of something: once, in one transaction, and only what they may still see."""

import threading

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from core.checks import check_every_kind_of_notice_can_be_read
from core.models import Language, MailTime, Notice, User
from core.notices import kinds
from core.notices.kinds import Kind, problems, register
from core.notices.reading import shown
from core.notices.sending import notify


pytestmark = pytest.mark.django_db

HIDDEN = set()  # keys of languages that nobody may see at present


def visible(_reader, notices):
    return [notice.pk for notice in notices if notice.subject_id not in HIDDEN]


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    """A kind of notices about languages, for these tests only."""
    monkeypatch.setattr(kinds, "_kinds", {})
    HIDDEN.clear()
    made = {"visible": visible, "parameters": ("reason",)}
    return register(Kind("core.tried", _("Home"), _("%(actor)s: %(subject)s. %(reason)s"), **made))


@pytest.fixture
def french():
    return Language.objects.get(code="fr")


def person(name="anna", **fields):
    user = User.objects.create_user(name, f"{name}@example.org", "secret", **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def tell(people, kind, subject, **options):
    about = {"subject": subject, "label": str(subject), "url": "/admin/reports/", "reason": "First."} | options
    return notify(people, kind, **about)


def texts(reader):
    return [each.text for each in shown(reader, reader.notices.select_related("actor"))]


class TestTelling:
    def test_each_is_told_once(self, kind, french):
        anna, bert = person(), person("bert", first_name="小明", last_name="王")
        tell([anna, bert, anna], kind, french, actor=bert)
        assert texts(anna) == ["王小明: Français. First."]
        assert texts(bert) == []  # who did it knows

    def test_what_happens_again_renews_what_is_unread(self, kind, french):
        anna, bert, carl = person(), person("bert"), person("carl")
        tell([anna], kind, french, actor=bert)
        tell([anna], kind, french, actor=carl, reason="Second.")
        assert texts(anna) == ["carl: Français. Second."]
        anna.notices.mark_read()
        tell([anna], kind, french, reason="Third.")
        with translation.override("en"):
            assert texts(anna) == ["Somebody: Français. Third.", "carl: Français. Second."]

    def test_another_subject_part_or_kind_is_another_notice(self, kind, french):
        anna = person()
        other = register(Kind("core.other", _("Home"), _("%(subject)s"), visible=visible))
        for about in ({"subject": french}, {"subject": Language.objects.get(code="es")}, {"part": "title"}, {}):
            tell([anna], kind, **{"subject": french} | about)
        notify([anna], other, subject=french, label="x")
        notify([anna], other, url="/admin/1/")
        notify([anna], other, url="/admin/2/")
        notify([anna], other, url="/admin/2/")
        assert anna.notices.count() == 3 + 3

    def test_closed_accounts_are_not_told(self, kind, french):
        anna = person(is_active=False)
        assert tell([anna], kind, french) == []

    def test_an_act_that_is_undone_tells_nobody(self, kind, french):
        anna = person()
        with transaction.atomic():
            tell([anna], kind, french)
            transaction.set_rollback(True)
        assert texts(anna) == []

    def test_a_message_gets_what_it_names(self, kind, french):
        with pytest.raises(TypeError, match=r"core\.tried takes"):
            notify([person()], kind, subject=french)

    def test_an_address_that_is_too_long_leads_to_the_page_at_least(self, kind, french):
        (notice,) = tell([person()], kind, french, url=f"/admin/1/#segment={'a' * 600}", label="长" * 300)
        assert (notice.url, len(notice.label)) == ("/admin/1/", 255)

    def test_many_people_are_told_with_as_many_questions_as_few(self, kind, french, django_assert_num_queries):
        people = [person(f"p{number}") for number in range(20)]
        tell(people[:1], kind, french)
        with django_assert_num_queries(5):  # a savepoint and its end, the people, their settings, the notices
            tell(people, kind, french)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("kept")
def test_two_who_act_at_once_leave_one_notice(kind):
    anna, french = person(), Language.objects.get(code="fr")
    start, failed = threading.Barrier(4), []

    def act(number):
        try:
            start.wait()
            tell([anna], kind, french, reason=f"{number}.")
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Notice.objects.filter(recipient=anna).count() == 1


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


class TestWhatMayNotBeSeenAnyMore:
    def test_it_says_nothing_and_leads_nowhere(self, kind, french, client):
        anna = person()
        tell([anna], kind, french, reason="Secret.")
        HIDDEN.add(french.pk)
        client.force_login(anna)
        page = client.get(reverse("notices")).content.decode()
        assert "Secret" not in page
        assert "Français" not in page
        (notice,) = anna.notices.all()
        assert reverse("notice_open", args=[notice.pk]) not in page
        assert client.post(reverse("notice_open", args=[notice.pk])).url == reverse("notices")

    def test_a_kind_whose_app_is_gone_is_no_error(self, kind, french):
        tell([anna := person()], kind, french)
        kinds._kinds.clear()
        (each,) = shown(anna, anna.notices.all())
        assert each.is_hidden

    def test_questions_are_asked_once_for_all(self, kind, django_assert_num_queries):
        anna, bert = person(), person("bert")
        for language in Language.objects.all():
            tell([anna], kind, language, actor=bert)
        with django_assert_num_queries(1):
            assert len(texts(anna)) == len(settings.LANGUAGES)


class TestTheList:
    @pytest.fixture
    def anna(self, kind, client):
        anna = person()
        UserProfile.objects.create(user=anna, preferred_language="en")
        client.force_login(anna)
        return anna

    def test_unread_ones_come_first(self, kind, anna, client):
        french, spanish = Language.objects.get(code="fr"), Language.objects.get(code="es")
        tell([anna], kind, french)
        tell([anna], kind, spanish)
        anna.notices.filter(subject_id=spanish.pk).mark_read()
        shown_there = [each.notice.label for each in client.get(reverse("notices")).context["notices"]]
        assert shown_there == ["Français", "Español"]

    def test_opening_reads_and_leads_to_the_subject(self, kind, anna, client, french):
        (notice,) = tell([anna], kind, french)
        assert "data-bell" not in client.get("/admin/login/").content.decode()
        assert '"data-bell": "1"' in client.get(reverse("notices")).content.decode()
        assert client.get(reverse("notice_open", args=[notice.pk])).status_code == 405
        assert anna.notices.unread().exists()
        assert client.post(reverse("notice_open", args=[notice.pk])).url == "/admin/reports/"
        assert not anna.notices.unread().exists()
        assert '"data-bell": ""' in client.get(reverse("notices")).content.decode()

    def test_one_is_marked_as_read_by_the_page_that_a_mail_led_to(self, kind, anna, client, french):
        (notice,) = tell([anna], kind, french)
        answer = client.post(reverse("notice_read", args=[notice.pk]), headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.json() == {"unread": 0}

    def test_all_are_marked_but_what_came_in_since(self, kind, anna, client):
        tell([anna], kind, Language.objects.get(code="fr"))
        until = client.get(reverse("notices")).context["until"]
        tell([anna], kind, Language.objects.get(code="es"))
        client.post(reverse("notices_read"), {"until": until})
        assert [notice.label for notice in anna.notices.unread()] == ["Español"]
        client.post(reverse("notices_read"), {"until": "yesterday", "kind": "core.other"})
        assert anna.notices.unread().count() == 1
        client.post(reverse("notices_read"))
        assert anna.notices.unread().count() == 0

    def test_it_is_filtered_by_kind(self, kind, anna, client, french):
        other = register(Kind("core.other", _("Schools"), _("Only %(subject)s"), visible=visible))
        tell([anna], kind, french)
        notify([anna], other, subject=french, label="this")
        page = client.get(reverse("notices"), {"kind": "core.other"})
        assert [each.text for each in page.context["notices"]] == ["Only this"]
        assert len(client.get(reverse("notices"), {"kind": "nothing"}).context["notices"]) == 2

    def test_others_notices_are_not_there(self, kind, anna, client, french):
        (notice,) = tell([person("bert")], kind, french)
        for name in ("notice_open", "notice_read"):
            assert client.post(reverse(name, args=[notice.pk])).status_code == 404
        client.post(reverse("notices_read"))
        assert Notice.objects.unread().count() == 1
        assert client.get(reverse("notices")).context["notices"] == []

    def test_it_leads_back_to_itself_and_nowhere_else(self, kind, anna, client, french):
        for address in ("https://example.org/", "//example.org", "/admin/logout/"):
            (notice,) = tell([anna], kind, french)
            answer = client.post(reverse("notice_read", args=[notice.pk]), {"next": address})
            assert answer.url == reverse("notices")

    def test_it_asks_as_much_for_many_as_for_few(self, kind, anna, client, french):
        asked = []
        for number in range(40):
            tell([anna], kind, french, part=str(number), actor=person(f"p{number}"))
            if number in (2, 39):
                with CaptureQueriesContext(connection) as queries:
                    client.get(reverse("notices"))
                asked.append(len(queries))
        assert asked[0] == asked[1]


class TestKindsAreChecked:
    def test_ours_have_words(self):
        assert check_every_kind_of_notice_can_be_read() == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"label": _("")}, "no label"),
            ({"id": "tried"}, "<app>.<name>"),
            ({"message": _("%(actor)s %(mood)s")}, "mood"),
            ({"message": _("%(actor) 5")}, "cannot be filled in"),
            ({"message": "Written %(actor)s"}, "not translated lazily"),
            ({"message": _("It happened.")}, "names nothing"),
        ],
    )
    def test_what_could_not_be_read_is_an_error(self, wrong, said):
        broken = {"id": "core.broken", "label": _("Home"), "message": _("%(actor)s"), "visible": visible} | wrong
        assert said in " ".join(problems(Kind(**broken)))

    def test_an_id_is_taken_once(self, kind):
        with pytest.raises(ValueError, match=r"core\.tried"):
            register(kind)


def test_mail_is_wanted_as_the_kind_has_it_or_as_one_chose(kind, client):
    anna = person()
    client.force_login(anna)
    account = reverse("wagtailadmin_account")
    page = client.get(account).content.decode()
    assert 'name="notice_mail-core_tried"' in page
    rest = {"name_email-first_name": "Anna", "name_email-last_name": "Bell", "name_email-email": "a@example.org"}
    rest |= {"locale-preferred_language": "en", "locale-current_time_zone": "Asia/Shanghai"}
    rest |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    assert client.post(account, rest).status_code == 302  # without a word about mail nothing changes
    assert client.post(account, rest | {"notice_mail-core_tried": "never"}).status_code == 302
    assert User.objects.get().notice_settings.mail_time(kind.id, kind.mail) == MailTime.NEVER
    assert client.post(account, rest | {"notice_mail-core_tried": "hourly"}).status_code == 200
