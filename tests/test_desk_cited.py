"""What a page cites that is not translated: the workbench lists it, gives it out, and publishing warns of it."""

from itertools import count

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from core.models import Language, User
from core.segments import extract
from languages.desk.assigning import take
from languages.desk.cited import cited_at_desk, untranslated
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.desk.taking_along import take_along
from languages.desk.worklist import Worklist
from languages.models import SectionLimit, Translation, UnitState
from languages.publishing.loading import load
from languages.publishing.publish import CitesUntranslatedError, publish, withdraw
from languages.publishing.release import release
from metrics.models import Dimension
from metrics.tests import factories as figures
from news.models import Contributor, StoryContributor, Topic
from news.tests.factories import make_programme
from news.tests.factories import publish as publish_source
from schools.tests import factories as schools
from schools.tests.factories import make_image

from .desk import Bench, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXT = ("a", "操场已经铺好。")
numbers = count(1)


@pytest.fixture
def french():
    return take_up()


@pytest.fixture
def colette(french):
    return translator()


@pytest.fixture
def georges(colette):
    return publisher()


def make_school(**fields):
    return publish_source(schools.make_school(**fields))


def make_metric(**fields):
    return publish_source(figures.make_metric(**fields))


def make_observation(**fields):
    return publish_source(figures.make_observation(**fields))


def picture_block(picture, key="picture"):
    return {"type": "image", "value": {"image": picture.pk, "caption": "", "alt": ""}, "id": key}


def link(kind, target):
    """A paragraph with a link to a thing."""
    return (f"{kind}{target.pk}", f'见<a linktype="{kind}" id="{target.pk}">链接</a>。')


def story_with(*blocks, **fields):
    """A story with blocks as they are stored, and with paragraphs, given as (key, text)."""
    story = story_of(*[block for block in blocks if isinstance(block, tuple)], **fields)
    others = [block for block in blocks if not isinstance(block, tuple)]
    if others:
        story.body = [*story.body.get_prep_value(), *others]
        story = publish_source(story)
    return story


def names(found):
    return {str(each.original) for each in found}


def at_desk(page, user, code="fr"):
    return cited_at_desk(original_of(page), Language.objects.get(code=code), user)


def lacking(page, user, code="fr"):
    return names(each for each in at_desk(page, user, code) if not each.is_published)


def for_readers(page, code="fr"):
    original = original_of(page)
    return {str(each) for each in untranslated([(original, code)]).get((original.pk, code), ())}


def in_french(*things, publish=True):
    for thing in things:
        texts = {segment.path: f"En français {segment.path}" for segment in extract(thing)}
        load(thing, "fr", texts, publish=publish)


def workbench(client, page, code="fr"):
    answer = client.get(reverse("languages_workbench", args=[original_of(page).pk, code]))
    return BeautifulSoup(answer.content.decode(), "html.parser")


def do(client, page, act, **data):
    return client.post(reverse(f"languages_{act}", args=[original_of(page).pk, "fr"]), data)


def told(client):
    """What the next page says."""
    page = BeautifulSoup(client.get(reverse("languages_overview")).content.decode(), "html.parser")
    return " ".join(page.select_one(".messages").get_text(" ", strip=True).split())


class TestWhatIsCited:
    def test_things_of_every_kind(self, colette):
        school, programme = make_school(title="双福六小"), make_programme(title="三名工程")
        picture, lead = make_image(title="新操场"), make_image(title="校门")
        card = {"type": "programme", "value": {"programme": programme.pk}, "id": "card"}
        byline = [StoryContributor(contributor=Contributor.objects.create(key="li", name="李记者"))]
        topics = [Topic.objects.create(key="campus", name="校园")]
        story = story_with(
            link("school", school), picture_block(picture), card, picture=lead, byline=byline, topics=topics
        )
        assert lacking(story, colette) == {"双福六小", "三名工程", "新操场", "校门", "李记者", "校园"}
        assert for_readers(story) == lacking(story, colette)

    def test_a_figure_brings_what_is_said_of_it(self, colette):
        """Not the dimension of all that are counted, which is never named, nor the source, nor the theme."""
        figure = make_observation(metric=make_metric(name="新增学位"), note="含民办学校。")
        part = Dimension.objects.create(key="rural", axis="area", member="rural", label="乡村")
        of_part = make_observation(
            metric=make_metric(name="在校生"), dimension=part, subject_school=make_school(title="几江小学")
        )
        story = story_with(link("figure", figure), link("figure", of_part))
        assert lacking(story, colette) == {
            *("新增学位", "含民办学校。", "江津区", "2024年", "个"),
            *("在校生", "乡村", "几江小学"),
        }

    @pytest.mark.usefixtures("figures_may_be_hidden")
    def test_a_chart_brings_the_unit_of_its_metric(self, colette):
        chart = {"type": "chart", "value": {"metric": make_metric(name="在校生").pk, "caption": ""}, "id": "chart"}
        assert lacking(story_with(TEXT, chart), colette) == {"在校生", "个"}

    def test_what_is_published_in_the_language_is_not_lacking(self, colette, georges):
        school, programme = make_school(title="双福六小"), make_programme(title="三名工程")
        story = story_with(link("school", school), link("page", programme))
        in_french(school)
        assert {str(each.original): each.is_published for each in at_desk(story, colette)} == {
            "双福六小": True,
            "三名工程": False,
        }
        assert for_readers(story) == {"三名工程"}
        assert for_readers(story, "es") == {"双福六小", "三名工程"}
        withdraw(original_of(school), "fr", georges)
        assert for_readers(story) == {"双福六小", "三名工程"}

    def test_how_far_each_is_and_who_has_it(self, colette, georges):
        nothing, begun, mine, given, handed_in = (make_programme(title=f"项目{number}") for number in "一二三四五")
        Bench(begun, georges).writes("项目二", "Programme 2")
        Bench(mine, colette).writes("项目三", "Programme 3")
        Translation.objects.create(original=original_of(given), language="fr", assignee=georges)
        Bench(handed_in, georges).writes_all(UnitState.REVIEW, title="Programme 5")
        story = story_with(*[link("page", page) for page in (nothing, begun, mine, given, handed_in)])
        found = {str(each.original): each for each in at_desk(story, colette)}
        shown = {name: (str(each.stage), each.is_mine, each.keeper) for name, each in found.items()}
        assert shown == {
            "项目一": ("missing", False, ""),
            "项目二": ("draft", False, "georges"),
            "项目三": ("draft", True, ""),
            "项目四": ("missing", False, "georges"),
            "项目五": ("review", False, "georges"),
        }
        assert [name for name, each in found.items() if each.may_be_taken] == ["项目一"]

    def test_traditional_chinese_is_written_automatically(self, colette):
        story = story_with(link("school", make_school(title="双福六小")))
        take_up("zh-hant")
        admin = User.objects.create_superuser("root", "root@example.org", "x")
        assert at_desk(story, admin, "zh-hant") == []

    def test_what_readers_do_not_see_is_left_out(self, colette):
        """Private things, and drafts; for administrators as well."""
        private, draft = make_school(title="不公开的学校"), make_programme(title="草稿项目")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        story = story_with(link("school", private), link("page", draft))
        draft.unpublish()
        assert (lacking(story, colette), for_readers(story)) == (set(), set())
        admin = User.objects.create_superuser("root", "root@example.org", "x")
        assert lacking(story, admin) == set()

    def test_a_released_draft_is_read_itself(self, colette):
        old, new = make_school(title="旧学校"), make_school(title="新学校")
        story = story_with(link("school", old))
        story.body = story_of(link("school", new)).body
        story.topics = [Topic.objects.create(key="campus", name="校园")]
        story.save_revision()
        assert lacking(story, colette) == {"旧学校"}
        release(original_of(story), colette)
        assert lacking(story, colette) == {"新学校", "校园"}
        assert for_readers(story) == {"旧学校"}

    def test_a_page_that_cites_itself_does_not_lack_itself(self, colette):
        story = story_of(TEXT)
        story.body = [{"type": "text", "value": f'<p><a linktype="page" id="{story.pk}">此</a></p>', "id": "self"}]
        assert lacking(publish_source(story), colette) == set()


class TestTakingAlong:
    @pytest.fixture
    def things(self):
        return make_school(title="双福六小"), make_programme(title="三名工程"), make_image(title="新操场")

    @pytest.fixture
    def story(self, things):
        school, programme, picture = things
        return story_with(link("school", school), link("page", programme), picture_block(picture))

    def mine(self, user):
        return {str(row.original) for row in Worklist(user).mine()}

    def test_one_and_then_all(self, client, colette, story, things):
        client.force_login(colette)
        answer = do(client, story, "take_along", text=original_of(things[0]).pk)
        assert answer.url.endswith("#cites")
        assert self.mine(colette) == {"双福六小"}
        do(client, story, "take_along")
        assert self.mine(colette) == {"双福六小", "三名工程", "新操场"}

    def test_a_second_click_changes_nothing(self, client, colette, story):
        client.force_login(colette)
        do(client, story, "take_along")
        before = list(Translation.objects.order_by("pk").values())
        do(client, story, "take_along")
        assert list(Translation.objects.order_by("pk").values()) == before
        assert PageLogEntry.objects.filter(action="languages.take_along").count() == 1

    def test_what_others_have_stays_theirs(self, colette, georges, story, things):
        school, programme, _picture = things
        Bench(programme, georges).writes("三名工程", "Trois renoms")
        take_along(original_of(story), Language.objects.get(code="fr"), georges, [original_of(school).pk])
        chosen = [original_of(thing).pk for thing in things]
        taken = take_along(original_of(story), Language.objects.get(code="fr"), colette, chosen)
        assert [str(each) for each in taken] == ["新操场"]
        assert self.mine(georges) == {"双福六小", "三名工程"}

    def test_whoever_comes_second_does_not_take_it_away(self, colette, georges, story, things):
        """Both saw that nobody had it."""
        originals = [original_of(thing) for thing in things]
        assert [str(each) for each in take(originals[:2], "fr", georges)] == ["双福六小", "三名工程"]
        assert [str(each) for each in take(originals, "fr", colette)] == ["新操场"]
        assert self.mine(georges) == {"双福六小", "三名工程"}

    def test_nothing_that_is_not_cited_is_taken(self, client, colette, story):
        other = make_programme(title="别的项目")
        client.force_login(colette)
        do(client, story, "take_along", text=[original_of(other).pk, "x", "9" * 30])
        assert self.mine(colette) == set()

    def test_only_by_translators_of_the_language(self, client, colette, story):
        take_up("es")
        pedro = translator("es", "pedro")
        client.force_login(pedro)
        do(client, story, "take_along")
        assert not Translation.objects.exclude(assignee=None).exists()
        with pytest.raises(DeskError):
            take_along(original_of(story), Language.objects.get(code="fr"), pedro)

    def test_not_what_is_in_another_section(self, client, colette, story, things):
        """It is named, as readers see it, and leads nowhere."""
        SectionLimit.objects.create(group=Group.objects.get(name="Translators (fr)"), section=story.get_parent())
        client.force_login(colette)
        cites = workbench(client, story).select_one("#cites")
        assert {link.get_text() for link in cites.select("a")} == {"新操场"}
        assert "双福六小" in cites.get_text()
        do(client, story, "take_along")
        assert self.mine(colette) == {"新操场"}

    def test_the_history_of_the_page_tells_of_it(self, client, colette, story):
        client.force_login(colette)
        do(client, story, "take_along")
        entry = PageLogEntry.objects.get(action="languages.take_along")
        assert (entry.page_id, entry.user) == (story.pk, colette)
        said = registry.get_formatter(entry).format_message(entry)
        assert "Fran" in said
        assert all(name in said for name in ("双福六小", "三名工程", "新操场"))

    def test_a_record_may_be_taken_along_for(self, client, colette):
        """A snippet cites things as well, and has a history."""
        metric = make_metric(name="在校生")
        client.force_login(colette)
        do(client, metric, "take_along")
        assert {"个", "学位"} == self.mine(colette)
        assert ModelLogEntry.objects.filter(action="languages.take_along").count() == 1


class TestPublishing:
    @pytest.fixture
    def programmes(self):
        return [make_programme(title=f"项目第{number}号") for number in "一二三四五六七"]

    @pytest.fixture
    def story(self, programmes, georges):
        """Translated, with seven programmes that are not."""
        story = story_with(
            TEXT, *[{"type": "programme", "value": {"programme": p.pk}, "id": f"p{p.pk}"} for p in programmes]
        )
        in_french(story, publish=False)
        return story

    def is_published(self, story):
        return Translation.objects.get(original=original_of(story), language="fr").is_published

    def test_it_warns_and_goes_on_when_told_to(self, client, georges, story):
        client.force_login(georges)
        page = BeautifulSoup(do(client, story, "publish").content.decode(), "html.parser")
        assert not self.is_published(story)
        warning = page.select_one("[role=alert]").get_text()
        assert "7" in warning
        assert sum(f"项目第{number}号" in warning for number in "一二三四五六七") == 5
        assert len(page.select("details li")) == 7
        form = page.select_one("form[action$='/publish/']")
        data = {field["name"]: field.get("value", "") for field in form.select("input, button[name]")}
        do(client, story, "publish", **data)
        assert self.is_published(story)

    def test_it_does_not_warn_of_what_is_published(self, client, georges, story, programmes):
        in_french(*programmes)
        client.force_login(georges)
        do(client, story, "publish")
        assert self.is_published(story)

    def test_what_stops_publishing_is_said_first(self, client, georges, story):
        Bench(story, georges).writes("操场", "La cour est prête.")
        client.force_login(georges)
        assert do(client, story, "publish").status_code == 302
        assert not self.is_published(story)

    def test_what_was_ticked_and_seen_goes_along(self, client, georges, story):
        """Something came in between the warning and its answer: it is shown, and then not asked about again."""
        client.force_login(georges)
        seen = workbench(client, story).select_one("[data-seen]")["value"]
        page = BeautifulSoup(
            do(client, story, "publish", seen=seen, accept_outdated="1").content.decode(), "html.parser"
        )
        form = page.select_one("form[action$='/publish/']")
        assert form.select_one("[name=accept_outdated]")["value"] == "1"
        assert form.select_one("[name=seen]")["value"] == seen
        Bench(story, georges).writes("操场", "La cour est bien prête.")
        answer = do(client, story, "publish", seen=seen, accept_cited="1")
        assert answer.status_code == 409
        again = BeautifulSoup(answer.content.decode(), "html.parser").select_one("form[action$='/publish/']")
        assert again.select_one("[name=accept_cited]")["value"] == "1"

    def test_commands_are_not_asked(self, georges, story):
        with pytest.raises(CitesUntranslatedError):
            publish(original_of(story), "fr", georges, accept_cited=False)
        publish(original_of(story), "fr", georges)
        assert self.is_published(story)

    def test_publishing_many_tells_afterwards(self, client, georges, story):
        client.force_login(georges)
        data = {"language": "fr", "act": "publish", "original": original_of(story).pk}
        client.post(reverse("languages_bulk"), data)
        assert self.is_published(story)
        assert "项目第五号" in told(client)

    def test_scheduling_tells_at_once(self, client, georges, story):
        client.force_login(georges)
        do(client, story, "schedule", publish_at="2099-01-01T08:00")
        assert "项目第五号" in told(client)

    def test_editors_and_translators_see_which_published_pages_cite_it(self, client, georges, story):
        client.force_login(georges)
        matrix = reverse("languages_matrix")
        cited = f"{reverse('languages_workbench', args=[original_of(story).pk, 'fr'])}#cites"
        assert cited not in client.get(matrix).content.decode()  # readers do not see it yet
        publish(original_of(story), "fr", georges)
        assert cited in client.get(matrix).content.decode()
        client.force_login(User.objects.create_superuser("root", "root@example.org", "x"))
        page = client.get(reverse("languages_page_translations", args=[story.pk])).content.decode()
        assert len(BeautifulSoup(page, "html.parser").select(".desk-citing")) == 1


def with_many(number):
    """A story that cites things of every kind, `number` of each."""
    blocks = []
    for _each in range(number):
        figure = make_observation(metric=make_metric(name="在校生"))
        blocks += [link("school", make_school()), link("page", make_programme()), link("figure", figure)]
        blocks.append(picture_block(make_image(title="图"), key=f"picture{figure.pk}"))
    topics = [Topic.objects.create(key=f"topic{next(numbers)}", name="话题") for _each in range(number)]
    return story_with(*blocks, topics=topics)


class TestQueries:
    """As many for more than thirty things as for a few."""

    def counted(self, act):
        act()  # what is kept is kept
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def test_of_the_workbench(self, client, colette):
        client.force_login(colette)
        few, many = with_many(1), with_many(6)
        assert len(at_desk(many, colette)) >= 30
        asked = [self.counted(lambda page=page: workbench(client, page)) for page in (few, many)]
        assert asked[0] == asked[1] <= 28

    def test_of_taking_along(self, client, colette):
        client.force_login(colette)
        few, many = with_many(1), with_many(6)
        do(client, story_with(link("school", make_school())), "take_along")  # what is kept is kept
        asked = []
        for page in (few, many):
            with CaptureQueriesContext(connection) as queries:
                do(client, page, "take_along")
            asked.append(len(queries))
        assert asked[0] == asked[1]

    def test_of_the_matrix(self, client, georges):
        client.force_login(georges)
        asked = []
        for _round in range(2):
            for _each in range(3):
                in_french(with_many(1))
            asked.append(self.counted(lambda: client.get(reverse("languages_matrix"))))
        assert asked[0] == asked[1] <= 22
