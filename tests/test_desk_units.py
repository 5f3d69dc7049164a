"""What a translator wrote stays with its words, whatever the editors do to the page around them."""

import random

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.models import Language, User
from languages.desk import filling, memory, segment_actions, translation_actions
from languages.desk.errors import ChecksFailed, Conflict, DeskError, SourceChanged
from languages.desk.rows import SegmentStatus
from languages.models import Origin, Phrase, SectionLimit, UnitState, UnitVersion
from schools.tests.factories import make_image

from .desk import STANDFIRST, TITLE, Bench, edited, posted, publisher, stored, story_of, take_up, translator


pytestmark = pytest.mark.django_db

A, B, C = ("a", "操场已经铺好。"), ("b", "图书馆还在装修。"), ("c", "食堂下月开放。")
AFTER = {
    A[1]: "La cour est prête.",
    B[1]: "La bibliothèque est encore en travaux.",
    C[1]: "La cantine ouvre le mois prochain.",
}


@pytest.fixture
def bench():
    """A story of three paragraphs, translated and approved; the language requires no review."""
    take_up(review_required=False)
    bench = Bench(story_of(A, B, C), translator())
    for words, text in (AFTER | {TITLE: "La rentrée", STANDFIRST: "Premiers élèves au nouveau campus."}).items():
        bench.writes(words, text, UnitState.APPROVED)
    return bench


def approved(bench):
    return {text for text, status in bench.statuses().items() if status == "approved"}


# The page is edited --------------------------------------------------------------------------


def test_blocks_are_moved_deleted_and_put_in_between(bench):
    new = ("n", "校门朝南。")
    edited(bench.obj, C, new, A)
    assert bench.statuses() == {
        TITLE: "approved",
        STANDFIRST: "approved",
        C[1]: "approved",
        new[1]: "missing",
        A[1]: "approved",
    }
    assert bench.texts()[A[1]] == AFTER[A[1]]
    edited(bench.obj, A, B, C)  # back again: nothing was lost
    assert set(bench.statuses().values()) == {"approved"}


def test_a_block_is_duplicated_split_and_merged(bench):
    both = {
        "type": "text",
        "value": f'<p data-block-key="x1">{A[1]}</p><p data-block-key="x2">{B[1]}</p>',
        "id": "merged",
    }
    edited(bench.obj, both, C, ("copy", C[1]))
    assert set(bench.statuses().values()) == {"approved"}
    assert [row.text for row in bench.rows][2:] == [AFTER[A[1]], AFTER[B[1]], AFTER[C[1]], AFTER[C[1]]]
    edited(bench.obj, ("one", A[1]), ("two", B[1]), C)
    assert set(bench.statuses().values()) == {"approved"}


def test_shuffles_of_many_paragraphs_keep_every_translation(bench):
    story = bench.obj
    texts = {f"k{n}": f"第{n}段话，讲校园里的一件事。" for n in range(12)}
    edited(story, *texts.items())
    for text in texts.values():
        bench.writes(text, f"« {text} » en français", UnitState.DRAFT)
    shuffled = random.Random(7).sample(sorted(texts.items()), 9)
    shuffled.insert(4, ("fresh", "全新的一段。"))
    edited(story, *shuffled)
    assert [text for text, status in bench.statuses().items() if status == "missing"] == ["全新的一段。"]


def test_only_what_changed_is_outdated(bench):
    changed = ("b", "图书馆已经装修好了。")
    edited(bench.obj, A, changed, C)
    assert bench.statuses()[changed[1]] == "outdated"
    assert approved(bench) == {TITLE, STANDFIRST, A[1], C[1]}
    row = bench.row(changed[1])
    assert (row.text, row.earlier.source_text) == (AFTER[B[1]], B[1])
    panel = (
        admin_client()
        .get(reverse("languages_segment", args=[bench.original.pk, "fr"]), {"path": row.segment.path})
        .content.decode()
    )
    assert "<del>还在</del>" in panel
    assert "<ins>已经</ins>" in panel


def test_pictures_and_links_make_nothing_old(bench):
    linked = ("a", f'<a href="https://example.org/">{A[1][:2]}</a>{A[1][2:]}')
    edited(bench.obj, linked, B, C)
    row = bench.row("操场")
    assert row.segment.text == f'<a id="a1">{A[1][:2]}</a>{A[1][2:]}'
    bench.writes("操场", '<a id="a1">La cour</a> est prête.', UnitState.APPROVED)
    edited(bench.obj, (linked[0], linked[1].replace("example.org/", "example.org/neu")), B, C, picture=make_image())
    assert set(bench.statuses().values()) == {"approved"}


def test_a_change_without_effect_on_the_meaning(bench):
    edited(bench.obj, A, ("b", "图书馆还在装修！"), C)
    row = bench.row("图书馆")
    segment_actions.carry_over(bench.original, bench.language, row.segment.path, row.hash, bench.user)
    kept = bench.row("图书馆")
    assert (kept.status, kept.text) == (SegmentStatus.APPROVED, AFTER[B[1]])
    with pytest.raises(DeskError):
        segment_actions.carry_over(bench.original, bench.language, "title", bench.rows[0].hash, bench.user)
    take_up(review_required=True)
    edited(bench.obj, A, ("b", "图书馆还在装修？"), C)
    row = bench.row("图书馆")
    segment_actions.carry_over(bench.original, Language.objects.get(code="fr"), row.segment.path, row.hash, bench.user)
    assert bench.row("图书馆").status is SegmentStatus.REVIEW  # somebody else has to answer for it


# Two people, and mistakes ---------------------------------------------------------------------


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(bench):
    other = Bench(bench.obj, translator(name="simone"))
    before = bench.row(A[1]).version
    bench.writes(A[1], "La cour de récréation est prête.")
    with pytest.raises(Conflict) as caught:
        other.writes(A[1], "Le terrain est prêt.", version=before)
    assert caught.value.unit.text == "La cour de récréation est prête."
    other.writes(A[1], "Le terrain est prêt.")
    assert "La cour de récréation est prête." in UnitVersion.objects.values_list("text", flat=True)


def test_a_segment_that_changed_meanwhile_is_not_overwritten(bench):
    old = bench.row(B[1])
    edited(bench.obj, A, ("b", "图书馆已经装修好了。"), C)
    with pytest.raises(SourceChanged):
        segment_actions.write(
            bench.original, bench.language, old.segment.path, old.hash, "x", bench.user, version=old.version
        )


def test_errors_stop_a_text_and_a_draft_is_kept(bench):
    story = edited(bench.obj, ("m", "今年投入1.37亿元。"))
    bench = Bench(story, bench.user)
    with pytest.raises(ChecksFailed) as caught:
        bench.writes("1.37亿", "Cette année, 13,7 millions de yuans.", UnitState.APPROVED)
    assert [found.check for found in caught.value.findings] == ["numbers"]
    assert bench.writes("1.37亿", "Cette année, 13,7 millions de yuans.").status is SegmentStatus.DRAFT
    assert bench.writes("1.37亿", "Cette année, 137 millions de yuans.", UnitState.APPROVED).is_done


@pytest.mark.parametrize(
    ("text", "stored_text"),
    [
        ("<script>alert(1)</script>Bon <b>jour</b>", "Bon <b>jour</b>"),
        ('<a href="javascript:alert(1)">ici</a>', "ici"),
        ("nul\x00 & <i onclick='x()'>fin</i>", "nul &amp; <i>fin</i>"),
    ],
)
def test_a_text_holds_only_what_it_may(bench, text, stored_text):
    assert bench.writes(A[1], text).text == stored_text


def test_a_text_that_is_too_long_is_refused(bench):
    with pytest.raises(DeskError):
        bench.writes(A[1], "x" * 20_001)


# A second pair of eyes --------------------------------------------------------------------------


def test_where_the_language_asks_for_it_nobody_approves_their_own(bench):
    take_up(review_required=True)
    bench = Bench(bench.obj, bench.user)
    with pytest.raises(DeskError):
        bench.writes(A[1], "La cour est terminée.", UnitState.APPROVED)
    bench.writes(A[1], "La cour est terminée.", UnitState.REVIEW)
    second = Bench(bench.obj, publisher())
    assert translation_actions.approve_all(second.original, second.language, second.user) == (1, 0)
    row = bench.row(A[1])
    assert (row.status, row.unit.author, row.unit.reviewer) == (SegmentStatus.APPROVED, bench.user, second.user)
    second.writes(B[1], "La bibliothèque est en travaux.", UnitState.REVIEW)
    assert translation_actions.approve_all(second.original, second.language, second.user) == (0, 0)


# Help -------------------------------------------------------------------------------------------


def test_the_memory_knows_the_same_and_similar_words(bench):
    other = Bench(story_of(A, ("near", "图书馆还在维修。"), title="又一篇", standfirst="导语。"), bench.user)
    row = other.row(A[1])
    best = memory.suggest(other.original, "fr", row.segment.path, row.hash, row.segment.text, other.user)[0]
    assert (best.text, best.score) == (AFTER[A[1]], 100)
    near = other.row("维修")
    best = memory.suggest(other.original, "fr", near.segment.path, near.hash, near.segment.text, other.user)[0]
    assert best.text == AFTER[B[1]]
    assert 70 <= best.score < 100
    assert [piece.text for piece in best.pieces if piece.kind != "same"] == ["装", "维"]


@pytest.mark.parametrize("change", ["nothing", "unpublished", "private", "outside", "deleted", "private and deleted"])
def test_the_memory_offers_what_a_translator_may_see_and_nothing_else(bench, change):
    """Of a page that is deleted nobody can say any more who might see it."""
    own = Bench(story_of(("own", A[1]), ("near", "图书馆还在维修。"), title="自己的", standfirst=""), bench.user)
    if change == "unpublished":
        bench.obj.unpublish()
    if "private" in change:
        PageViewRestriction.objects.create(page=bench.obj, restriction_type=PageViewRestriction.LOGIN)
    if change == "outside":
        SectionLimit.objects.create(group=bench.user.groups.get(), section=own.obj)
    if "deleted" in change:
        type(bench.obj).objects.get(pk=bench.obj.pk).delete()
    rows = [own.row(A[1]), own.row("维修")]
    offered = [memory.suggest(own.original, "fr", r.segment.path, r.hash, r.segment.text, own.user) for r in rows]
    filled = filling.fill(own.original, own.language, own.user)
    if change == "nothing":
        assert [found[0].text for found in offered] == [AFTER[A[1]], AFTER[B[1]]]
        assert filled.memory == 1
    else:
        assert (offered, filled.count) == ([[], []], 0)


def test_what_is_missing_is_filled_from_the_memory_and_then_by_machine(bench, settings):
    settings.TRANSLATION_PROVIDERS = settings.TRANSLATION_PROVIDERS | {"dummy": "languages.providers.Dummy"}
    other = Bench(story_of(A, ("n", "校门朝南。"), title="又一篇", standfirst=""), bench.user)
    assert filling.fill(other.original, other.language, other.user) == filling.Filled(memory=1, machine=2)
    rows = {row.segment.text: row.unit for row in other.rows}
    assert (rows[A[1]].text, rows[A[1]].origin, rows[A[1]].state) == (AFTER[A[1]], Origin.MEMORY, UnitState.DRAFT)
    assert (rows["校门朝南。"].text, rows["校门朝南。"].origin) == ("[fr] 校门朝南。", Origin.MACHINE)


# Traditional Chinese ------------------------------------------------------------------------------


def test_traditional_chinese_is_put_right_by_people_and_phrases():
    admin = User.objects.create_superuser("admin", "a@example.org", "x")
    story = story_of(("a", "软件课程"), ("b", "图书馆里"))
    bench = Bench(story, admin, "zh-hant")
    assert "軟件課程" in str(stored(story, "body", "zh-hant"))
    client = admin_client(admin)
    row = bench.row("软件")
    address = reverse("languages_save", args=[bench.original.pk, "zh-hant"])
    data = {"path": row.segment.path, "hash": row.hash, "version": 0, "text": "軟體課程", "act": "approved"}
    assert posted(client, address, **data).status_code == 200
    assert "軟體課程" in str(stored(story, "body", "zh-hant"))
    edited(story, ("a", "软件课程"), ("b", "图书馆外"))
    assert "軟體課程" in str(stored(story, "body", "zh-hant"))
    assert "圖書館外" in str(stored(story, "body", "zh-hant"))
    Phrase.objects.create(simplified="图书馆", traditional="圖書室")
    assert "圖書室外" in str(stored(story, "body", "zh-hant"))
    assert "軟體課程" in str(stored(story, "body", "zh-hant"))


# How much it asks of the database ----------------------------------------------------------------


def admin_client(user=None):
    from django.test import Client

    client = Client()
    client.force_login(user or User.objects.create_superuser("root", "r@example.org", "x"))
    return client


def test_a_page_of_600_segments_opens_and_saves_with_few_queries(django_assert_max_num_queries):
    admin = User.objects.create_superuser("admin", "a@example.org", "x")
    story = story_of(*[(f"k{n}", f"第{n}段，一句话。") for n in range(600)])
    bench = Bench(story, admin)
    bench.writes("第5段", "Paragraphe 5, une phrase.")
    client = admin_client(admin)
    with django_assert_max_num_queries(20):
        response = client.get(reverse("languages_workbench", args=[bench.original.pk, "fr"]))
    assert response.content.count(b"data-row") == 602
    address = reverse("languages_save", args=[bench.original.pk, "fr"])
    row = bench.row("第7段")
    data = {"path": row.segment.path, "hash": row.hash, "text": "Paragraphe 7, une phrase."}
    posted(client, address, **data, version=0)
    with django_assert_max_num_queries(12):
        answer = posted(client, address, **data | {"text": "Paragraphe 7."}, version=1).json()
    assert (answer["version"], answer["standing"]) == (2, "draft")
