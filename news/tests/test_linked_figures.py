"""A number in a story is checked against the figure that it is linked to."""

from decimal import Decimal

import pytest

from core.editing.self_check import State
from core.publishing.acts import NotPublishable
from core.publishing.checklist import findings_for
from metrics.figure_words import disagreements
from metrics.models import Unit
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_story


pytestmark = pytest.mark.django_db


@pytest.fixture
def aid():
    yuan = Unit.objects.create(key="cny", symbol="元", kind="money")
    return make_observation(
        metric=make_metric(name="学生资助", unit=yuan), value=Decimal(137000000), printed="1.37亿元"
    )


def linked(words, figure, before="发放"):
    return f'<p>{before}<a linktype="figure" id="{figure.pk}">{words}</a>。</p>'


def wrong(text):
    return [each.words for each in disagreements([("body", make_story(live=False, body=[("text", text)]).body)])]


class TestWordsOfALink:
    @pytest.mark.parametrize("words", ["1.37亿元", "1亿3700万元", "13700万元", "约1.4亿元", "这笔钱", ""])
    def test_what_agrees_or_says_no_number(self, aid, words):
        assert wrong(linked(words, aid)) == []

    @pytest.mark.parametrize("words", ["1.73亿元", "1370万元", "13.7%", "2亿多元"])
    def test_what_disagrees(self, aid, words):
        assert wrong(linked(words, aid)) == [words]

    def test_in_an_aside_and_in_bold(self, aid):
        aside = {"heading": "说明", "text": linked("<b>1.73</b>亿元", aid)}
        story = make_story(live=False, body=[("aside", aside)])
        [found] = disagreements([("body", story.body)])
        assert found.words == "1.73亿元"
        assert found.place == f"body.{story.body[0].id}"

    def test_one_query_for_many(self, aid, django_assert_num_queries):
        story = make_story(live=False, body=[("text", linked("1.73亿元", aid) * 40)])
        with django_assert_num_queries(1):
            assert len(disagreements([("body", story.body)])) == 40


def test_the_editor_is_told_beside_the_form_and_nothing_is_published(aid):
    story = make_story(live=False, body=[("text", linked("1.73亿元", aid))])
    [message] = [finding.message for finding in findings_for(story) if "1.73亿元" in finding.message]
    assert "1.37亿元" in message
    assert "学生资助" in message
    with pytest.raises(NotPublishable, match=r"1\.73亿元"):
        story.save_revision().publish()


def test_nothing_is_told_of_a_figure_that_readers_may_not_see(aid):
    """Whoever writes a story need not know of drafts of metrics."""
    aid.metric.live = False
    aid.metric.save()
    story = make_story(live=False, body=[("text", linked("1.73亿元", aid))])
    assert [each for each in findings_for(story) if "学生资助" in each.message] == []


def test_the_self_check_names_the_story(aid):
    from core.editing.self_check import Checked
    from news.self_check import check_linked_figures

    checked = Checked.__new__(Checked)
    assert [each.state for each in check_linked_figures(checked)] == [State.OK]
    make_story(title="资助", body=[("text", linked("1.37亿元", aid))])
    type(aid).objects.update(value=Decimal(173000000))  # corrected since
    [finding] = check_linked_figures(checked)
    assert finding.state == State.ATTENTION
    assert "资助 (1.37亿元)" in finding.advice
    assert StoryPage.objects.count() == 1
