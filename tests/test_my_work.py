"""What awaits a translator, on the first page of the admin and at the desk."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import User
from languages.desk.comments import say
from languages.desk.originals import original_of
from languages.desk.sending_back import send_back
from languages.desk.translation_actions import approve_all
from languages.desk.worklist import Worklist
from languages.models import Original, Translation, TranslationStage, Unit, UnitState
from languages.publishing.publish import publish

from .desk import TITLE, Bench, edited, member, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = ("a", "操场已经铺好。")
HOME = "wagtailadmin_home"


@pytest.fixture
def colette():
    take_up(review_required=True)
    return translator()


@pytest.fixture
def georges(colette):
    return publisher()


def story(title=TITLE):
    return story_of(A, title=title)


def work(user):
    """{part: titles} of what is there."""
    worklist = Worklist(User.objects.get(pk=user.pk))
    return {part.name: [str(row.original) for row in part.rows] for part in worklist.parts()}


def given(page, user, code="fr", **fields):
    Translation.objects.update_or_create(
        original=original_of(page), language=code, defaults={"assignee": user} | fields
    )


class TestMine:
    def test_what_is_given_or_begun_until_it_is_published(self, colette, georges):
        begun, assigned, others = story("开始"), story("分配"), story("别人")
        Bench(begun, colette).writes("开始", "Début")
        given(assigned, colette)
        Bench(others, georges).writes("别人", "Autre")
        assert set(work(colette)["mine"]) == {"开始", "分配"}
        bench = Bench(begun, colette)
        bench.writes_all(UnitState.REVIEW, title="Début")
        assert set(work(colette)["mine"]) == {"开始", "分配"}  # it is reviewed, not finished
        approve_all(bench.original, bench.language, georges)
        publish(bench.original, "fr", georges)
        assert work(colette)["mine"] == ["分配"]

    def test_what_was_changed_since_its_publication_until_it_is_published_again(self, colette, georges):
        page = story("开始")
        bench = Bench(page, colette)
        bench.writes_all(UnitState.REVIEW)
        approve_all(bench.original, bench.language, georges)
        publish(bench.original, "fr", georges)
        assert work(colette)["mine"] == []
        bench.writes("开始", "Un début")
        assert (work(colette)["mine"], work(georges)["mine"]) == (["开始"], [])
        bench.writes("开始", "Un début", UnitState.REVIEW)
        assert work(colette)["mine"] == []  # it is with the reviewers
        bench.writes("开始", "Un autre début")
        given(page, georges)
        assert work(colette)["mine"] == []

    def test_what_is_given_to_another_is_theirs(self, colette, georges):
        page = story()
        Bench(page, colette).writes(TITLE, "La rentrée")
        given(page, georges)
        assert (work(colette)["mine"], work(georges)["mine"]) == ([], [TITLE])

    def test_what_is_to_be_done_stands_before_what_others_do(self, colette):
        waiting, open_ = story("待审"), story("待译")
        Bench(waiting, colette).writes_all(UnitState.REVIEW)
        given(open_, colette)
        assert work(colette)["mine"] == ["待译", "待审"]

    def test_a_language_that_is_written_automatically_is_no_work(self, colette):
        user = member("hant", "Translators (zh-hant)")
        page = story()
        Bench(page, user, "zh-hant").writes(TITLE, "雙福六小開學了")
        assert work(user)["mine"] == []


class TestSentBack:
    def test_it_is_there_with_the_reason_until_it_is_handed_in_again(self, colette, georges, client):
        page = story("退回")
        bench = Bench(page, colette)
        bench.writes("退回", "Une", UnitState.REVIEW)
        row = bench.row("退回")
        send_back(bench.original, bench.language, row.segment.path, row.hash, "Trop long.", georges)
        assert (work(colette)["sent_back"], work(colette)["mine"]) == (["退回"], [])
        client.force_login(colette)
        shown = client.get(reverse(HOME)).content.decode()
        assert "Trop long." in shown
        assert "#segment=title" in shown
        bench.writes("退回", "Une autre", UnitState.REVIEW)
        assert work(colette)["sent_back"] == []

    def test_what_was_written_for_another_wording_since_takes_its_place(self, colette, georges):
        page = story("退回")
        bench = Bench(page, colette)
        bench.writes("退回", "Une", UnitState.REVIEW)
        row = bench.row("退回")
        send_back(bench.original, bench.language, row.segment.path, row.hash, "Trop long.", georges)
        edited(page, title="退回了")
        assert work(colette)["sent_back"] == ["退回了"]
        bench.writes("退回了", "Deux")
        assert work(colette)["sent_back"] == []


class TestToReview:
    def test_a_translator_reviews_what_a_publisher_made_of_their_text(self, colette, georges):
        bench = Bench(story(), colette)
        bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
        Bench(bench.obj, georges).writes(TITLE, "Une rentrée", UnitState.REVIEW)
        assert work(colette)["review"] == [TITLE]
        assert [notice.kind for notice in colette.notices.all()] == ["languages.to_review"]

    def test_what_others_handed_in_where_one_may_approve(self, colette, georges):
        page, own = story("别人的"), story("自己的")
        Bench(page, colette).writes("别人的", "Une", UnitState.REVIEW)
        Bench(own, georges).writes("自己的", "Mienne", UnitState.REVIEW)
        assert work(georges)["review"] == ["别人的"]
        assert work(colette)["review"] == []
        take_up(review_required=False)
        assert work(colette)["review"] == ["自己的"]

    def test_it_is_gone_with_the_last_text(self, colette, georges):
        page = story()
        bench = Bench(page, colette)
        bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
        assert Translation.objects.get(language="fr").handed_in == 1
        Bench(page, georges).writes(TITLE, "La rentrée", UnitState.APPROVED)
        assert work(georges)["review"] == []


class TestChanged:
    @pytest.fixture
    def published(self, colette, georges):
        bench = Bench(story(), colette)
        bench.writes_all(UnitState.REVIEW)
        approve_all(bench.original, bench.language, georges)
        publish(bench.original, "fr", georges)
        return bench

    def test_it_is_there_for_those_who_wrote_it(self, published, colette, georges):
        assert work(colette)["changed"] == []
        edited(published.obj, ("a", "操场铺好了。"))
        assert work(colette)["changed"] == [TITLE]
        assert work(colette)["mine"] == []
        assert work(georges)["changed"] == []

    def test_whoever_is_given_what_another_wrote_has_it_among_theirs(self, published, colette, georges):
        given(published.obj, georges)
        edited(published.obj, ("a", "操场铺好了。"))
        assert (work(georges)["mine"], work(georges)["changed"]) == ([TITLE], [])


def test_two_languages_are_each_a_row(colette):
    colette.groups.add(Group.objects.get(name="Translators (es)"))
    take_up("es")
    page = story()
    for code in ("fr", "es"):
        given(page, colette, code)
    rows = Worklist(User.objects.get(pk=colette.pk)).mine()
    assert {row.language for row in rows} == {"fr", "es"}
    given(page, colette, "ru")  # which is not theirs
    assert rows.count() == 2


def test_what_may_not_be_seen_is_not_listed(colette):
    page = story()
    given(page, colette)
    Original.objects.update(is_live=False)
    assert work(colette)["mine"] == []


class TestTheFirstPage:
    def test_it_leads_to_the_segment(self, colette, georges, client):
        page = story("课间")
        Bench(page, colette).writes("课间", "La récré", UnitState.REVIEW)
        say(original_of(page), take_up(), "title", "", "@georges 请看", colette)
        client.force_login(georges)
        shown = client.get(reverse(HOME)).content.decode()
        bench = reverse("languages_workbench", args=[original_of(page).pk, "fr"])
        assert f'href="{bench}#segment=%3Areview"' in shown
        assert "课间" in shown
        (notice,) = georges.notices.filter(kind="languages.mentioned")
        assert reverse("notice_open", args=[notice.pk]) in shown

    def test_each_part_says_what_would_be_there(self, colette, client):
        client.force_login(colette)
        page = client.get(reverse(HOME)).content.decode()
        assert page.count('class="desk-hint"') == 5

    @pytest.mark.parametrize("name", ["Reporters", "Final review", "Site managers"])
    def test_that_of_others_is_as_it_was(self, colette, name, client):
        client.force_login(member("other", name))
        assert "my-translations" not in client.get(reverse(HOME)).content.decode()

    def test_a_superuser_translates_if_given_a_language(self, colette, client):
        root = User.objects.create_superuser("root")
        client.force_login(root)
        assert "my-translations" not in client.get(reverse(HOME)).content.decode()
        root.groups.add(Group.objects.get(name="Translators (fr)"))
        assert "my-translations" in client.get(reverse(HOME)).content.decode()


def test_a_part_is_listed_in_full(colette, client):
    original = original_of(story())
    many(colette, 60)
    client.force_login(colette)
    address = reverse("languages_my_work")
    assert client.get(address).content.decode().count("worklist-name") == 5
    page = client.get(address, {"section": "mine", "p": 2})
    assert len(page.context["rows"]) == 10
    assert client.get(address, {"section": "nothing"}).status_code == 404
    assert original.pk


def many(user, number):
    """So many texts that are given to somebody, each with a segment of theirs, one to review and a mention."""
    pattern = Original.objects.filter(total__gt=0).first()
    start = 10**9 + Original.objects.count()  # no key that anything has
    originals = Original.objects.bulk_create(
        Original(
            content_type=pattern.content_type,
            object_id=start + n,
            title=f"第{n}篇",
            path=pattern.path,
            total=3,
            changed_at=timezone.now(),
        )
        for n in range(number)
    )
    stages = [TranslationStage.DRAFT, TranslationStage.REVIEW, TranslationStage.OUTDATED, TranslationStage.MISSING]
    Translation.objects.bulk_create(
        Translation(
            original=original,
            language="fr",
            assignee=user if n % 4 != 2 else None,
            stage=TranslationStage.DRAFT if number < 100 else stages[n % 4],
            handed_in=1,
        )
        for n, original in enumerate(originals)
    )
    other = User.objects.get_or_create(username="somebody")[0]
    Unit.objects.bulk_create(
        Unit(original=each, language="fr", path=path, source_hash="x", text="t", author=author, state=state)
        for each in originals
        for path, author, state in (("title", user, UnitState.APPROVED), ("b", other, UnitState.REVIEW))
    )


def test_thousands_of_texts_ask_as_much_as_a_few(colette, client):
    user = publisher(name="chef")
    story()
    client.force_login(user)
    asked = []
    for number in (3, 1500):
        many(user, number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # PostgreSQL plans for empty tables where nobody has counted
        for address in (reverse(HOME), reverse("languages_my_work"), reverse("languages_my_work") + "?section=review"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
    assert asked[:3] == asked[3:]
    assert max(asked) <= 23
    assert len(Worklist(user).to_review()) == 1503
