"""A whole text is pasted anew: every paragraph is at another place, and what was translated is still there."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from languages.desk import rows
from languages.desk.segment_actions import carry_over
from languages.models import UnitState
from languages.publishing.publish import NotReadyError, publish
from languages.publishing.staleness import carry_over_all
from metrics.tests.factories import make_observation

from .desk import STANDFIRST, TITLE, Bench, edited, pasted, posted, publisher, stored, story_of, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = "区教委昨天公布，今年秋季全区新增学位三千个，家长可以在网上查看。"
B = "图书馆还在装修，预计下个月底对全体师生开放，馆里的书由各班借阅。"
C = "食堂的饭菜由营养师搭配，每周公布菜单，家长可以到校陪餐。"
D = "校门朝南，门前新铺了盲道，接送孩子的车辆停在路的另一边。"
FRENCH = {
    A: "3 000 places de plus seront créées à l'automne ; les parents les trouvent en ligne.",
    B: "La bibliothèque ouvrira à la fin du mois prochain ; les classes y emprunteront.",
    C: "La cantine affiche son menu chaque semaine ; les parents peuvent y déjeuner.",
    TITLE: "La rentrée",
    STANDFIRST: "Premiers élèves au nouveau campus.",
}
B_CHANGED = B.replace("还在装修", "已经装修好").replace("下个月底", "下周")
C_CHANGED = C.replace("每周", "每天")


@pytest.fixture
def bench():
    """A story that is translated, approved and published."""
    take_up(review_required=False, is_open=True)
    bench = Bench(story_of(("a", A), ("b", B), ("c", C)), publisher())
    for words, text in FRENCH.items():
        bench.writes(words, text, UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    return bench


def seen(bench):
    return {
        text: (status, bench.texts()[text])
        for text, status in bench.statuses().items()
        if text not in (TITLE, STANDFIRST)
    }


@pytest.mark.parametrize("together", [False, True], ids=["blocks", "one block"])
def test_what_changed_keeps_its_translation_and_the_rest_stays_done(bench, client, together):
    edited(bench.obj, *pasted(D, C_CHANGED, A, B_CHANGED, together=together))
    assert seen(bench) == {
        D: ("missing", ""),
        C_CHANGED: ("outdated", FRENCH[C]),
        A: ("approved", FRENCH[A]),
        B_CHANGED: ("outdated", FRENCH[B]),
    }
    client.force_login(bench.user)
    address = reverse("languages_segment", args=[bench.original.pk, "fr"])
    panel = client.get(address, {"path": bench.row(B_CHANGED).segment.path}).content.decode()
    assert "<del>还在</del>" in panel
    assert "<ins>已经</ins>" in panel


def test_pasting_the_same_words_changes_nothing_for_anybody(bench):
    edited(bench.obj, *pasted(A, B, C))
    assert {status for status, _text in seen(bench).values()} == {"approved"}
    assert FRENCH[B] in str(stored(bench.obj, "body"))


def test_writing_one_paragraph_gives_its_old_translation_to_no_other(bench):
    twin = A.replace("三千个", "四千个").replace("秋季", "春季")
    edited(bench.obj, *pasted(A.replace("三千个", "五千个"), twin, B))
    before = seen(bench)
    assert before[twin] == ("missing", "")
    bench.writes("五千个", "5 000 places de plus.", UnitState.APPROVED)
    assert seen(bench)[twin] == ("missing", "")


def test_a_second_paste_finds_what_the_first_one_left(bench):
    edited(bench.obj, *pasted(A, B_CHANGED, C))
    edited(bench.obj, *pasted(C, B_CHANGED.replace("各班", "班级"), A))
    assert bench.row("班级借阅").earlier.text == FRENCH[B]
    edited(bench.obj, *pasted(A, B, C))  # back again
    assert {status for status, _text in seen(bench).values()} == {"approved"}


def test_a_first_paragraph_that_keeps_its_key_is_not_taken_for_what_stood_there(bench):
    """The editor leaves the first paragraph of what is pasted over everything its key."""
    edited(bench.obj, ("a", D), *pasted(A, B_CHANGED))
    assert seen(bench) == {D: ("missing", ""), A: ("approved", FRENCH[A]), B_CHANGED: ("outdated", FRENCH[B])}
    edited(bench.obj, ("a", D), ("b", "今年的运动会改在操场东边举行，各年级分开进场。"))
    assert bench.row("运动会").earlier.text == FRENCH[B]  # written anew where it stood: what stood there is shown


def test_the_earlier_text_may_hold_and_may_stand_in(bench):
    edited(bench.obj, *pasted(A, B, C_CHANGED))
    with pytest.raises(NotReadyError):
        publish(bench.original, "fr", bench.user)
    publish(bench.original, "fr", bench.user, accept_outdated=True)
    assert FRENCH[C] in str(stored(bench.obj, "body"))
    row = bench.row(C_CHANGED)
    carry_over(bench.original, bench.language, row.segment.path, row.hash, bench.user)
    assert seen(bench)[C_CHANGED] == ("approved", FRENCH[C])


def test_editors_confirm_only_what_is_nearly_the_same(bench, admin_user):
    """ "No effect on the meaning" is said of all at once: what has been found by its words alone has to be near."""
    half = B[:17] + "，届时请各班按照安排分批来借书。"
    edited(bench.obj, *pasted(A, half, C_CHANGED))
    assert bench.row(half).earlier.text == FRENCH[B]
    assert carry_over_all(bench.obj, admin_user) == (1, 1)
    assert (seen(bench)[C_CHANGED][0], seen(bench)[half][0]) == ("approved", "outdated")


def test_comments_and_history_come_along(bench, client):
    client.force_login(bench.user)
    row = bench.row(B)
    address = reverse("languages_comment", args=[bench.original.pk, "fr"])
    posted(client, address, path=row.segment.path, hash=row.hash, text="Quels livres ?")
    edited(bench.obj, *pasted(A, B_CHANGED, C))
    address = reverse("languages_segment", args=[bench.original.pk, "fr"])
    panel = client.get(address, {"path": bench.row(B_CHANGED).segment.path}).content.decode()
    assert "Quels livres ?" in panel
    assert "data-version" in panel
    page = client.get(reverse("languages_workbench", args=[bench.original.pk, "fr"])).content.decode()
    assert page.count('href="#icon-comment"') == 1


def test_where_every_place_tells_nothing_is_searched_for(bench, monkeypatch):
    monkeypatch.setattr("languages.desk.earlier.align", None)
    edited(bench.obj, ("a", A), ("b", B_CHANGED), ("c", C))
    assert rows.rows_of(bench.original, "fr")[3].earlier.text == FRENCH[B]


def test_a_figure_that_is_no_link_any_more_still_shows_its_words(client, words_may_differ):
    """Its token has no words of its own: the text would have a hole."""
    take_up(review_required=False, is_open=True)
    figure = make_observation()
    linked = f'今年秋季将新增<a linktype="figure" id="{figure.pk}">三千</a>个学位，家长可以在网上查到。'
    bench = Bench(story_of(("a", linked), ("b", B)), publisher())
    row = next(row for row in bench.rows if "新增" in row.segment.text)
    bench.writes(row.segment.text, 'Il y aura <a id="a1"></a> places de plus ; les parents les trouvent en ligne.')
    edited(bench.obj, *pasted("今年秋季将新增三千个学位，家长可以在网上和学校查到。", B))
    client.force_login(bench.user)
    page = BeautifulSoup(
        client.get(reverse("languages_workbench", args=[bench.original.pk, "fr"])).content, "html.parser"
    )
    assert page.select_one('[data-chip="a1"]').text == "三千"
    assert "Il y aura 三千 places" in page.select_one('[data-chip="a1"]').parent.text
