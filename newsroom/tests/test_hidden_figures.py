"""Figures that readers see no more, in what is live: who takes them away sees where, who edits it is told, nothing is published
with them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from core.publishing.checklist import Level, findings_for
from metrics.models import Dimension, Metric, Observation
from metrics.showing import pages_showing, with_hidden_figures
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.models.links import AddedObservation
from news.tests.factories import make_programme, make_story
from schools.tests.factories import make_school

from .reviewing import Desk


pytestmark = [pytest.mark.django_db, pytest.mark.once]

CHECK = "metrics.hidden-figures"


def citing(figure, words="8660个"):
    return {"type": "text", "id": "t", "value": f'<p>新增<a linktype="figure" id="{figure.pk}">{words}</a>学位。</p>'}


def choosing(figure):
    return {"type": "figures", "id": "f", "value": {"heading": "", "figures": [figure.pk]}}


def drawing(figure):
    return {"type": "chart", "id": "c", "value": {"metric": figure.metric_id, "caption": ""}}


SHOWING = [citing, choosing, drawing]


def found(page):
    return [each for each in findings_for(page) if each.check == CHECK]


def away(figure):
    figure.unpublish()


def with_its_metric(figure):
    figure.metric.unpublish()


@pytest.fixture
def figure():
    return make_observation()


class TestTheList:
    @pytest.mark.parametrize("showing", SHOWING)
    @pytest.mark.parametrize("gone", [away, with_its_metric])
    def test_it_is_an_error_and_nothing_is_published(self, figure, showing, gone):
        story = make_story(live=False, body=[showing(figure)])
        assert found(story) == []
        gone(figure)
        [finding] = found(story)
        assert finding.level == Level.ERROR
        assert finding.place.startswith("body.")
        assert figure.metric.name not in finding.message
        with pytest.raises(NotPublishable):
            story.save_revision().publish()
        assert not StoryPage.objects.get(pk=story.pk).live

    def test_a_figure_of_a_school_that_readers_do_not_see(self):
        school = make_school()
        figure = make_observation(subject_school=school)
        story = make_story(live=False, body=[citing(figure)])
        assert found(story) == []
        school.unpublish()
        assert len(found(story)) == 1

    def test_a_figure_that_is_gone(self, figure):
        story = make_story(live=False, body=[citing(figure)])
        Observation.objects.all().delete()
        assert len(found(story)) == 1

    def test_a_chart_that_has_other_figures_is_shown(self, figure):
        part = Dimension.objects.create(key="grade-1", axis="grade", member="1", label="一年级")
        make_observation(metric=figure.metric, dimension=part)
        figure.unpublish()
        assert found(make_story(live=False, body=[drawing(figure)])) == []

    def test_the_link_is_removed_with_one_click(self, figure):
        story = make_story(live=False, body=[citing(figure)])
        figure.unpublish()
        [finding] = found(story)
        assert "“8660个”" in finding.message
        finding.mend.apply()
        assert story.body[0].value.source == "<p>新增8660个学位。</p>"
        assert found(story) == []

    def test_it_is_said_once(self, figure):
        """Of other things that are not published there is a warning."""
        story = make_story(live=False, body=[citing(figure)])
        figure.unpublish()
        assert [each.check for each in findings_for(story) if each.check == "core.unpublished-links"] == []

    def test_of_any_page(self, figure):
        programme = make_programme(body=[drawing(figure)])
        figure.unpublish()
        assert len(found(programme)) == 1


class TestWhatShowsIt:
    def test_live_pages_alone_and_how(self, figure):
        cited, drawn = make_story(body=[citing(figure)]), make_story(body=[drawing(figure)])
        both = make_story(body=[choosing(figure), drawing(figure)])
        make_story(live=False, body=[citing(figure)])
        make_story(body=[citing(make_observation(metric=make_metric(key="other")))])
        shown = pages_showing(Observation.objects.filter(pk=figure.pk), Metric.objects.filter(pk=figure.metric_id))
        assert {each.page.pk: each.is_named for each in shown} == {cited.pk: True, drawn.pk: False, both.pk: True}

    @pytest.mark.parametrize("showing", SHOWING)
    def test_live_pages_with_what_is_hidden(self, figure, showing, django_assert_num_queries):
        story = make_story(body=[showing(figure)])
        make_story(live=False, body=[showing(figure)])
        pages = type(story)._base_manager.model.objects.all()
        assert with_hidden_figures(pages) == []
        with django_assert_num_queries(1):
            with_hidden_figures(pages)
        figure.unpublish()
        assert [page.pk for page in with_hidden_figures(pages)] == [story.pk]

    def test_what_only_belongs_to_a_story_is_not_shown_in_its_text(self, figure):
        story = make_story(body=[])
        story.added_observations = [AddedObservation(observation=figure)]
        story.save_revision().publish()
        figure.unpublish()
        assert with_hidden_figures(StoryPage.objects.all()) == []


@pytest.fixture
def desk(settings):
    settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = True
    return Desk()


def read(desk, name, url):
    return BeautifulSoup(desk.browser(name).get(url).content, "html.parser")


def asked(desk, name, obj):
    url = reverse(f"wagtailsnippets_metrics_{obj._meta.model_name}:unpublish", args=[obj.pk])
    return read(desk, name, url).find("main")


class TestBefore:
    """What the person is shown who takes it away."""

    @pytest.fixture(autouse=True)
    def _stories(self, desk, figure):
        with bypass_review("a test"):
            make_story(title="引用的报道", body=[citing(figure)])
            make_story(title="画图的报道", body=[drawing(figure)])
            make_story(title="别的报道")

    @pytest.mark.parametrize("name", ["data", "admin"])
    def test_the_live_pages_that_show_a_figure(self, desk, figure, name):
        said = asked(desk, name, figure).text
        assert "引用的报道" in said
        assert "画图的报道" in said
        assert "别的报道" not in said

    def test_those_that_show_a_metric(self, desk, figure):
        said = asked(desk, "data", figure.metric).text
        assert "引用的报道" in said
        assert "画图的报道" in said

    def test_a_form_for_those_who_edit_it_else_the_page(self, desk, figure):
        story = StoryPage.objects.get(title="引用的报道")
        form = reverse("wagtailadmin_pages:edit", args=[story.pk])
        assert asked(desk, "admin", figure).find("a", href=form)
        assert not asked(desk, "data", figure).find("a", href=form)

    def test_what_somebody_may_not_know_of_is_counted(self, desk, figure):
        hidden = StoryPage.objects.get(title="画图的报道")
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        said = asked(desk, "data", figure).text
        assert "画图的报道" not in said
        assert "1" in said

    def test_it_is_still_done(self, desk, figure):
        url = reverse("wagtailsnippets_metrics_observation:unpublish", args=[figure.pk])
        desk.browser("admin").post(url)
        assert not Observation.objects.get(pk=figure.pk).live


def test_nothing_shows_it(desk, figure):
    assert asked(desk, "data", figure).find_all("li", class_=None) == []


class TestTheFirstPage:
    def panel(self, desk, name):
        return read(desk, name, reverse("wagtailadmin_home")).find(id="hidden-figures-section")

    def test_it_lists_what_is_live_with_them(self, desk, figure):
        with bypass_review("a test"):
            make_story(title="引用的报道", body=[citing(figure)])
            make_story(title="别的报道")
        assert self.panel(desk, "reviewer3") is None
        with bypass_review("a test"):
            figure.unpublish()
        said = self.panel(desk, "reviewer3").text
        assert "引用的报道" in said
        assert "别的报道" not in said
        assert self.panel(desk, "data") is None
        with bypass_review("a test"):
            figure.save_revision(clean=False).publish()
        assert self.panel(desk, "reviewer3") is None
