"""Which figure a number of a text may be."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from core.models import User
from core.publishing.checklist import findings_for
from metrics.matching.filling import filled_from
from metrics.matching.finding import likely_figures
from metrics.matching.times import times_in
from metrics.matching.words import share
from metrics.models import Period, Unit
from schools.tests.factories import make_figure, make_organisation, make_school, make_story

from .factories import make_metric, make_observation


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def district():
    return make_organisation(name="江津区")


@pytest.fixture
def places(district):
    return make_observation(
        metric=make_metric(name="新增公办中小学学位"), subject_organisation=district, printed="8660个"
    )


def found(*texts, **fields):
    """{number: [(value of a candidate, whether it agrees)]} of a story with these paragraphs."""
    story = make_story("".join(f"<p>{text}</p>" for text in texts), **fields)
    return {
        each.reading.text: [(candidate.figure.value, candidate.agrees) for candidate in each.candidates]
        for each in likely_figures(story)
    }


def test_words_near_a_number_say_which_figure_it_is(places, district):
    other = make_metric(name="新增公办幼儿园学位")
    make_observation(metric=other, subject_organisation=district, value=1680)
    numbers = found("全区新增公办中小学学位8660个，公办幼儿园学位1680个，投入3亿元。")
    assert numbers == {"8660个": [(8660, True)], "1680个": [(1680, True)], "3亿元": []}


def test_a_small_number_needs_its_words(district):
    make_observation(metric=make_metric(name="新增公办幼儿园"), subject_organisation=district, value=5)
    numbers = [bool(each.candidates) for each in likely_figures(make_story("<p>新增公办幼儿园5个。开展5个活动。</p>"))]
    assert numbers == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双福六小规模48个班。", {"48个": [(48, True)]}),
        ("几江中学规模48个班。", {"48个": []}),
        ("双福六小开学。规模48个班。", {"48个": [(48, True)]}),
        ("规模48个班。", {"48个": []}),
    ],
)
def test_a_figure_of_a_school_is_for_texts_that_name_it(text, expected):
    make_school(title="几江中学")
    make_figure(make_school(title="双福六小"), metric=make_metric(name="办学规模"))
    assert found(text) == expected


def test_the_period_that_the_sentence_speaks_of_comes_first(district):
    metric = make_metric(name="在校学生")
    for year in (2022, 2023, 2024):
        period = Period.objects.create(
            key=f"y{year}", label=f"{year}年", kind="year", start=date(year, 1, 1), end=date(year, 12, 31)
        )
        make_observation(metric=metric, subject_organisation=district, period=period, value=500, printed="")
    story = make_story("<p>2023年，在校学生500个。</p>")
    [number] = likely_figures(story)
    assert len(number.candidates) == 3
    assert number.candidates[0].figure.period == (date(2023, 1, 1), date(2023, 12, 31))


def test_a_figure_that_says_another_number_is_told_if_everything_else_agrees(district):
    period = Period.objects.create(
        key="y24", label="2024年", kind="year", start=date(2024, 1, 1), end=date(2024, 12, 31)
    )
    metric = make_metric(name="新增公办中小学学位")
    make_observation(metric=metric, subject_organisation=district, period=period)
    assert found("2024年，江津区新增公办中小学学位8600个。") == {"8600个": [(8660, False)]}
    assert found("2025年，江津区新增公办中小学学位8600个。") == {"8600个": []}
    assert found("2024年，江津区新增公办中小学学位86个。") == {"86个": []}
    assert found("2024年，江津区新增公办中小学学位8600亩。") == {"8600亩": []}


def test_what_readers_may_not_see_is_not_offered(places):
    hidden = make_figure(make_school(title="几江中学", live=False), metric=make_metric(name="几江中学占地"), value=77)
    places.live = False
    places.save()
    assert found("几江中学占地77个，新增公办中小学学位8660个。") == {"77个": [], "8660个": []}
    assert hidden.live


@pytest.mark.parametrize(
    "text", ["9" * 24 + "个", "1" * 22 + ".5%", '<a linktype="school" id="' + "9" * 40 + '">x</a>新增5个']
)
def test_numbers_and_keys_that_no_database_takes_are_of_nothing(places, text):
    assert [numbers for numbers in found(text).values() if numbers] == []


def test_the_number_of_queries_is_the_same_for_many_numbers(places, django_assert_num_queries):
    one = make_story("<p>新增公办中小学学位8660个。</p>")
    many = make_story(
        "".join(f"<p>双福六小新增公办中小学学位{8660 + number}个，占{number}%。</p>" for number in range(40))
    )
    for story in (one, many):
        with django_assert_num_queries(4):
            likely_figures(story)
        findings_for(story)


def test_the_list_offers_them_with_value_period_scope_and_source(places):
    story = make_story("<p>新增公办中小学学位8660个，占3%。</p>")
    [finding] = [each for each in findings_for(story) if each.check == "metrics.unlinked-numbers"]
    [offer] = finding.offered
    [choice] = offer.choices
    assert (offer.words, choice.kind, choice.key) == ("8660个", "figure", str(places.pk))
    assert choice.label == "8660个 · 新增公办中小学学位 · 江津区 · 2024年"
    assert "工作报告" in choice.detail
    assert [each.words for each in finding.unlikely] == ["3%"]


def test_times_of_a_sentence():
    day = date(2023, 10, 1)
    assert [time.code for time in times_in("2022—2023学年和2022-23学年，2023年9月，去年上半年，2023年。", day)] == [
        "2022/2023",
        "2022/2023",
        "2023-09",
        "2023",
        "2022-01..2022-06",
    ]
    assert times_in("12023年，2023年13月", day) != []
    assert times_in("没有", day) == []


def test_how_much_of_a_name_is_said():
    assert share("学生资助资金", "学生资助资金达") == 1
    assert share("新建成中小学数", "新建中学") == pytest.approx(0.2)
    assert share("", "x") == 0
    assert share("数", "数") == 1


class TestFilling:
    SENTENCE = "2024年，江津区新增公办中小学学位约8660个。"

    def asked(self, sentence=SENTENCE, words="约8660", day="2025-01-01"):
        return {"sentence": sentence, "at": str(sentence.index(words)), "day": day}

    def test_value_unit_period_subject_and_metric(self, places, district):
        Period.objects.filter(key="2024").update(start=date(2024, 1, 1), end=date(2024, 12, 31))
        figure, sentence = filled_from(self.asked())
        assert sentence == self.SENTENCE
        assert (figure.value, figure.qualifier, figure.unit.symbol) == (Decimal(8660), "about", "个")
        assert figure.metric == places.metric
        assert figure.period == places.period
        assert figure.subject == places.subject
        assert figure.source is None

    def test_the_school_named_last_before_the_number(self):
        first, second = make_school(title="双福六小"), make_school(title="几江中学")
        sentence = "双福六小之后，几江中学占地57亩，比双福六小大。"
        mu = Unit.objects.create(key="mu", symbol="亩", kind="area")
        figure, _sentence = filled_from(self.asked(sentence, "57"))
        assert (figure.subject_school, figure.unit, figure.metric_id, figure.period_id) == (second, mu, None, None)
        figure, _sentence = filled_from(self.asked("占地57亩的双福六小", "57"))
        assert figure.subject_school == first

    @pytest.mark.parametrize(
        "asked",
        [{}, {"sentence": "x"}, {"sentence": "有5所", "at": "9" * 40}, {"sentence": "\x00", "at": "0", "day": "x"}],
    )
    def test_what_is_no_sentence_fills_nothing(self, asked):
        assert filled_from(asked) is None

    def test_the_form_is_filled_and_stores_nothing(self, client, places, django_assert_num_queries):
        user = User.objects.create_superuser("data")
        UserProfile.objects.create(user=user, preferred_language="en")
        client.force_login(user)
        html = client.get(reverse("wagtailsnippets_metrics_observation:add"), self.asked()).content.decode()
        assert "Filled from “2024年" in html
        assert 'value="8660"' in html
        assert type(places).objects.count() == 1
