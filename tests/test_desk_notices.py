"""Who is told of what happens at the desk, and who may be mentioned there."""

import polib
import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from core.models import Notice, User
from core.notices.reading import shown
from languages import exchange
from languages.desk import rights
from languages.desk.assigning import assign
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.desk.sending_back import send_back_all
from languages.desk.translation_actions import approve_all, submit_all
from languages.models import Comment, SectionLimit, Translation, UnitState
from languages.publishing.publish import publish
from languages.publishing.schedule import publish_due
from languages.publishing.staleness import carry_over_all
from news.tests.factories import make_standard_page

from .desk import TITLE, Bench, edited, member, posted, publisher, story_of, take_up, translator


pytestmark = pytest.mark.django_db

A, B = ("a", "操场已经铺好。"), ("b", "图书馆开放。")


@pytest.fixture
def bench():
    """A story, its translator, and a language whose texts are reviewed."""
    story = story_of(A, B)
    bench = Bench(story, translator())
    take_up(review_required=True)
    return Bench(story, bench.user)


def heard(user):
    """The kinds of the notices that somebody may read."""
    notices = user.notices.select_related("actor").order_by("pk")
    told = [each for each in shown(user, notices) if not each.is_hidden]
    return [each.notice.kind.removeprefix("languages.") for each in told]


class TestReview:
    def test_the_reviewers_are_told_once_for_all_segments(self, bench):
        reviewer, other = publisher(), member("spain", "Translation publishers (es)")
        bench.writes(TITLE, "La rentrée")
        assert heard(reviewer) == []  # a draft is nobody else's business
        bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
        bench.writes(A[1], "La cour", UnitState.REVIEW)
        assert heard(reviewer) == ["to_review"]
        assert (heard(bench.user), heard(other)) == ([], [])
        bench.writes_all()
        reviewer.notices.mark_read()
        submit_all(bench.original, bench.language, bench.user)
        assert heard(reviewer) == ["to_review", "to_review"]
        assert reviewer.notices.first().url.endswith(f"/{bench.original.pk}/fr/#segment=%3Areview")

    def test_superusers_are_not_told_of_every_text(self, bench):
        root = User.objects.create_superuser("root")
        bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
        assert heard(root) == []

    def test_the_author_hears_that_it_was_approved(self, bench):
        reviewer = publisher()
        bench.writes_all(UnitState.REVIEW)
        Bench(bench.obj, reviewer).writes(TITLE, "La rentrée à Shuangfu", UnitState.APPROVED)
        approve_all(bench.original, bench.language, reviewer)
        assert heard(bench.user) == ["approved"]

    def test_the_author_hears_why_texts_were_sent_back(self, bench):
        reviewer, other = publisher(), translator(name="simone")
        bench.writes_all(UnitState.REVIEW)
        Bench(bench.obj, other).writes(A[1], "Notre cour est prête.", UnitState.REVIEW)
        Notice.objects.all().delete()
        send_back_all(bench.original, bench.language, "Encore une fois.", reviewer)
        assert (heard(bench.user), heard(other), heard(reviewer)) == (["sent_back"], ["sent_back"], [])
        (notice,) = other.notices.all()
        assert notice.parameters["reason"] == "Encore une fois."
        assert notice.url.endswith("#segment=body.block-a%23a")

    def test_those_kept_to_another_section_are_not_told(self, bench):
        reviewer = publisher()
        limited = Group.objects.get(name="Translation publishers (fr)")
        limit = SectionLimit.objects.create(group=limited, section=make_standard_page(title="关于本站"))
        bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
        assert heard(reviewer) == []
        limit.section = bench.obj.get_parent()
        limit.save()
        bench.writes(A[1], "La cour", UnitState.REVIEW)
        assert heard(reviewer) == ["to_review"]

    def test_a_file_that_is_imported_awaits_review(self, bench):
        reviewer = publisher()
        file = polib.pofile(exchange.export_bytes([bench.original], "fr", "po").decode())
        next(entry for entry in file if entry.msgid == TITLE).msgstr = "La rentrée"
        exchange.import_file(str(file).encode(), bench.user, dry_run=True)
        assert heard(reviewer) == []
        exchange.import_file(str(file).encode(), bench.user)
        assert heard(reviewer) == ["to_review"]

    def test_what_the_editors_carry_over_for_review_is_told(self, bench):
        reviewer = publisher()
        bench.writes_all(UnitState.REVIEW)
        approve_all(bench.original, bench.language, reviewer)
        publish(bench.original, "fr", reviewer)
        Notice.objects.all().delete()
        bench.obj.title = f"{TITLE}了"
        bench.obj.save_revision()
        carry_over_all(bench.obj, member("rita", "First review"))
        assert heard(reviewer) == ["to_review"]


def test_work_that_is_given_is_told_and_what_one_takes_is_not(bench, client):
    boss = publisher()
    client.force_login(boss)
    chosen = {"language": "fr", "original": bench.original.pk, "act": "assign"}
    for assignee in (bench.user, bench.user, boss, ""):
        client.post(reverse("languages_bulk"), chosen | {"assignee": getattr(assignee, "pk", "")})
    assert heard(bench.user) == ["assigned"]
    assert heard(boss) == []


def test_work_is_not_given_to_those_who_may_not_see_it(bench):
    boss = publisher()
    limited = Group.objects.get(name="Translators (fr)")
    SectionLimit.objects.create(group=limited, section=make_standard_page(title="关于本站"))
    with pytest.raises(DeskError, match="colette"):
        assign(bench.original, "fr", bench.user, boss)
    assert not bench.user.notices.exists()


class TestPublishing:
    @pytest.fixture
    def reviewer(self, bench):
        reviewer = publisher()
        bench.writes_all(UnitState.REVIEW)
        approve_all(bench.original, bench.language, reviewer)
        Notice.objects.all().delete()
        return reviewer

    def test_the_authors_hear_that_it_was_published(self, bench, reviewer):
        publish(bench.original, "fr", reviewer)
        assert (heard(bench.user), heard(reviewer)) == (["published"], [])

    def test_the_authors_hear_once_that_the_chinese_has_changed(self, bench, reviewer):
        spanish = Bench(bench.obj, bench.user, "es")
        take_up("es", review_required=False)
        bench.user.groups.add(Group.objects.get(name="Translation publishers (es)"))
        bench.user = spanish.user = User.objects.get(pk=bench.user.pk)
        spanish = Bench(bench.obj, bench.user, "es")
        spanish.writes_all(UnitState.APPROVED)
        publish(bench.original, "fr", reviewer)
        publish(bench.original, "es", bench.user)
        Notice.objects.all().delete()
        edited(bench.obj, A, ("b", "图书馆每天开放。"))
        assert heard(bench.user) == ["source_changed"]
        (notice,) = bench.user.notices.all()
        assert notice.parameters == {"languages": ["es", "fr"]}
        bench.user.notices.mark_read()
        edited(bench.obj, ("b", "图书馆每天开放。"), A)  # the blocks are moved, and no text is another one
        assert bench.user.notices.unread().count() == 0
        edited(bench.obj, ("b", "图书馆天天开放。"), A)
        assert bench.user.notices.unread().count() == 1

    def test_what_nobody_published_ages_in_silence(self, bench, reviewer):
        edited(bench.obj, A, ("b", "图书馆每天开放。"))
        assert heard(bench.user) == []

    def test_who_asked_for_a_time_hears_that_it_could_not_be(self, bench, reviewer):
        asked = {"publish_at": timezone.now(), "publish_as": reviewer}
        Translation.objects.filter(original=bench.original, language="fr").update(**asked)
        UserProfile.objects.create(user=reviewer, preferred_language="en")
        bench.writes(TITLE, "Une rentrée")  # a draft again
        publish_due()
        assert heard(reviewer) == ["schedule_refused"]
        (notice,) = reviewer.notices.all()
        assert notice.parameters["problem"] == "1 segment is not approved."


# Comments -------------------------------------------------------------------------------------------


def said(client, bench, text, user, words=TITLE, status=200):
    client.force_login(user)
    row = bench.row(words)
    address = reverse("languages_comment", args=[bench.original.pk, "fr"])
    answer = posted(client, address, path=row.segment.path, hash=row.hash, text=text)
    assert answer.status_code == status
    return answer.json()


class TestComments:
    def test_the_author_and_those_who_spoke_before_are_told(self, bench, client):
        reviewer, third = publisher(), translator(name="simone")
        bench.writes(TITLE, "La rentrée")
        said(client, bench, "Vraiment ?", reviewer)
        said(client, bench, "Et encore ?", reviewer)
        assert heard(bench.user) == ["commented"]  # still unread
        said(client, bench, "Oui.", bench.user)
        assert heard(reviewer) == ["commented"]
        assert heard(third) == []
        assert bench.user.notices.get().url.endswith("/fr/#segment=title")

    def test_whoever_is_mentioned_is_told_of_each_comment_and_only_once(self, bench, client):
        reviewer = publisher()
        bench.writes(TITLE, "La rentrée")
        answer = said(client, bench, "@colette 请看", reviewer)
        said(client, bench, "@colette 再看", reviewer)
        assert heard(bench.user) == ["mentioned", "mentioned"]
        assert "colette" in answer["outcome"]
        assert said(client, bench, "谢谢", bench.user)["outcome"] == ""

    def test_a_chinese_name_is_understood_and_shown(self, bench, client):
        wang = translator(name="wxm")
        User.objects.filter(pk=wang.pk).update(first_name="小明", last_name="王")
        said(client, bench, "请@王小明看", bench.user)
        assert heard(wang) == ["mentioned"]
        address = reverse("languages_segment", args=[bench.original.pk, "fr"])
        client.force_login(wang)
        panel = client.get(address, {"path": "title"}).content.decode()
        assert '请<strong class="mention mention--me">@王小明</strong>看' in panel
        User.objects.filter(pk=wang.pk).update(last_name="李")  # what was written is what is shown
        assert "@王小明</strong>" in client.get(address, {"path": "title"}).content.decode()

    def test_who_may_not_see_the_text_is_not_told_and_the_writer_is(self, bench, client):
        spanish, reporter = member("ines", "Translators (es)"), member("rita", "Reporters")
        UserProfile.objects.create(user=bench.user, preferred_language="en")
        answer = said(client, bench, "@ines @rita @nobody", bench.user)
        assert (heard(spanish), heard(reporter)) == ([], [])
        assert Notice.objects.count() == 0
        assert all(name in answer["outcome"] for name in ("ines", "rita", "nobody"))

    def test_a_mention_in_a_private_page_reaches_those_who_see_it(self, bench, client):
        other, root = translator(name="simone"), User.objects.create_superuser("root")
        PageViewRestriction.objects.create(page=bench.obj, restriction_type=PageViewRestriction.LOGIN)
        assert rights.people_who_see(bench.original, "fr") == [root]
        assert heard(other) == []

    def test_too_long_or_empty_a_comment_is_refused(self, bench, client):
        for text in ("", " ", "x" * 2001):
            said(client, bench, text, bench.user, status=422)
        assert not Comment.objects.exists()


def offered(client, bench, user, query=""):
    client.force_login(user)
    address = reverse("languages_mentionable", args=[bench.original.pk, "fr"])
    answer = client.get(address, {"q": query})
    return [each["username"] for each in answer.json()["people"]] if answer.status_code == 200 else answer.status_code


def test_those_are_offered_who_may_see_the_text(bench, client):
    publisher(), member("ines", "Translators (es)"), member("gerda", "Reporters")
    assert offered(client, bench, bench.user) == ["georges"]
    assert offered(client, bench, bench.user, "g") == ["georges"]
    assert offered(client, bench, User.objects.get(username="ines")) == 302


@pytest.mark.parametrize("limited", [False, True])
def test_who_sees_a_text_is_the_same_both_ways(bench, limited):
    """`people_who_see` and `visible_to` are one rule, written for one text and for one person."""
    other = original_of(make_standard_page(title="关于本站"))
    picture = original_of(bench.obj.get_parent())
    people = [bench.user, publisher(), member("both", "Translators (fr)", "Translation publishers (fr)")]
    people += [User.objects.create_superuser("root"), member("gone", "Translators (fr)"), member("rita", "Reporters")]
    User.objects.filter(username="gone").update(is_active=False)
    if limited:
        group = Group.objects.get(name="Translators (fr)")
        SectionLimit.objects.create(group=group, section=bench.obj.get_parent())
    for original in (bench.original, other, picture):
        expected = {
            user.username
            for user in User.objects.filter(is_active=True)
            if rights.may_translate(user, "fr") and rights.visible_to(user, ["fr"]).filter(pk=original.pk).exists()
        }
        assert {user.username for user in rights.people_who_see(original, "fr")} == expected


def test_whoever_loses_the_language_reads_nothing_of_it(bench):
    reviewer = publisher()
    bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
    reviewer.groups.clear()
    assert heard(User.objects.get(pk=reviewer.pk)) == []
