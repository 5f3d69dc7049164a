"""The demo as a whole: seeded once, then looked at."""

import json
import re
from itertools import chain

import pytest
from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE
from django.core.exceptions import FieldDoesNotExist
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex, Revision, Site

from core.languages import SOURCE, column, reading, translated_fields
from core.models import BasePage, Language, PortalImage, PortalSettings, User
from core.numbers import agree, read_numbers
from core.segments import extract
from demo.english import other_languages, text_for
from demo.marks import as_segments
from demo.records import DATA, load, load_stories, texts_in
from languages.desk.worklist import Worklist
from languages.models import Original, Term, TermTarget, Translation
from metrics.models import Metric, MetricsPage, Observation, Period, Source, Theme, Unit
from news.models import (
    Contributor,
    HomePage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from schools.models import Honour, Organisation, SchoolGroup, SchoolIndexPage, SchoolPage, Town


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.once]

COUNTS = {
    Theme: 6,
    Unit: 28,
    Period: 8,
    Metric: 49,
    Observation: 63,
    Source: 1,
    Organisation: 11,
    SchoolGroup: 1,
    Town: 2,
    Honour: 36,
    SchoolPage: 11,
    ProgrammePage: 35,
    StoryPage: 13,
    StandardPage: 1,
    HomePage: 1,
    PortalImage: 29,
    get_document_model(): 2,
    PortalSettings: 1,
    User: 13,
    Term: 123,
    TermTarget: 265,
}
KEY_FIGURES = {
    "shuangfu-liuxiao-site-area": ("约57亩", "約57畝", "about 57 mu (3.8 ha)"),
    "shuangfu-liuxiao-classes": ("48个班", "48個班", "48 classes"),
    "shuangfu-liuxiao-investment": ("9000多万元", "9000多萬元", "more than 90 million yuan"),
    "student-aid": ("1.37亿元", "1.37億元", "137 million yuan"),
}
STORY, FEATURE = "shuangfu-liuxiao-opens", "jiangjin-education-autumn-2023"


def seed():
    call_command("seed_demo", verbosity=0)


def seeded_objects():
    """Everything that is translated: snippets, settings, pictures and pages of their own type."""
    snippets = [model for model in apps.get_models() if translated_fields(model) and not issubclass(model, BasePage)]
    return chain(BasePage.objects.exclude(depth=1).specific(), *(model.objects.all() for model in snippets))


def rows():
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    return counts | {"latest revision": Revision.objects.order_by("-pk").values_list("pk", flat=True).first()}


@pytest.mark.parametrize("model", COUNTS, ids=lambda model: model._meta.label)
def test_every_fact_is_loaded(model):
    assert model.objects.count() == COUNTS[model]


def test_everything_is_published_with_a_revision_and_a_real_date():
    for page in BasePage.objects.exclude(depth=1):
        assert page.live, page
        assert page.live_revision_id, page
        assert page.first_published_at, page
    assert not Metric.objects.filter(live=False).exists()
    assert not Metric.objects.filter(live_revision__isnull=True).exists()


def test_seeding_again_changes_nothing(django_assert_max_num_queries):
    before = rows()
    modified = dict(BasePage.objects.values_list("pk", "latest_revision_created_at"))
    with django_assert_max_num_queries(2000):
        seed()
    assert rows() == before
    assert dict(BasePage.objects.values_list("pk", "latest_revision_created_at")) == modified


def test_what_an_editor_changed_stays_changed():
    with transaction.atomic():
        Theme.objects.filter(key="capacity").update(name_zh_hans="编辑改过的名字")
        seed()
        assert Theme.objects.get(key="capacity").name == "编辑改过的名字"
        transaction.set_rollback(True)


@pytest.mark.parametrize("code", ["en", "zh-hant"])
def test_every_text_is_there_in_the_other_open_languages(code):
    for obj in seeded_objects():
        for name in translated_fields(type(obj)):
            source, target = (getattr(obj, column(name, language)) for language in (SOURCE, code))
            assert bool(source) == bool(target), f"{obj._meta.label} {obj.pk} {name}"


def test_no_chinese_is_left_in_english_texts_but_terms_that_are_explained():
    """Some notes speak about Chinese words, so a few characters stand beside much English."""
    for text in chain.from_iterable(
        texts_in(data) for data in (load_stories(), *map(load, ("site", "schools", "programmes")))
    ):
        assert len(re.findall(r"[一-鿿]", text["en"])) <= 12, text["en"]


def test_english_texts_have_the_quotation_marks_of_print():
    """Headlines above all: a straight one is a typewriter's."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in DATA.rglob("*.json")]
    texts = chain.from_iterable(map(texts_in, files))
    assert [text["en"] for text in texts if re.search("[\"']", text["en"])] == []


@pytest.mark.parametrize("key", KEY_FIGURES)
def test_figures_read_well_in_each_language(key):
    observation = Observation.objects.get(key=key)
    for code, expected in zip(("zh-hans", "zh-hant", "en"), KEY_FIGURES[key], strict=True):
        with reading(code):
            assert observation.display() == expected


def test_figures_are_dated_and_have_a_source_line():
    assert str(Period.objects.get(key="2022-09").end) == "2022-09-30"
    assert str(Period.objects.get(key="2018-2023").start) == "2018-01-01"
    assert not Observation.objects.filter(source_place="").exists()
    assert Observation.objects.get(key="promotion-electives").share == 0.4


def test_each_observation_is_valid_for_its_edit_form():
    for observation in Observation.objects.all():
        observation.full_clean()


def marked_figures():
    record = next(story for story in load_stories() if story["slug"] == STORY)
    for text in texts_in(record):
        yield from re.findall(r"\{figure:([\w-]+)\|([^}]*)\}", text["zh"])


def test_every_number_typed_in_a_story_agrees_with_its_observation():
    marks = list(marked_figures())
    assert len(marks) >= 9
    for key, words in marks:
        (typed,), (stored,) = read_numbers(words), read_numbers(Observation.objects.get(key=key).display())
        assert agree(typed, stored), key


def test_the_english_of_a_story_shows_figures_as_the_portal_writes_them():
    for record in load_stories():
        for text in texts_in(record):
            for key, words in re.findall(r"\{figure:([\w-]+)\|([^}]*)\}", text["en"]):
                with reading("en"):
                    assert Observation.objects.get(key=key).display() == words


def test_links_lead_both_ways():
    story = StoryPage.objects.get(slug=STORY)
    school = SchoolPage.objects.get(key="shuangfu-liuxiao")
    assert story.school_links.filter(school=school).exists()
    assert story.pk in school.story_links.values_list("story", flat=True)
    assert set(story.programme_links.values_list("programme__key", flat=True)) == {"biaozhunhua-jianshe"}
    cited = set(story.observation_links.values_list("observation__key", flat=True))
    assert {key for key, _words in marked_figures()} <= cited
    usage = ReferenceIndex.get_references_to(Observation.objects.get(key="schools-built"))
    assert str(story.pk) in usage.values_list("object_id", flat=True)


def test_the_front_page_is_the_root_of_the_site_and_led_by_the_feature():
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get()
    assert site.root_page_id == home.pk
    assert home.body[0].value["story"].slug == FEATURE
    assert len(home.body[1].value["figures"]) == 4
    assert StoryPage.objects.newest_first().first().slug == FEATURE
    assert sorted(home.get_children().values_list("slug", flat=True)) == [
        "about",
        "data",
        "news",
        "programmes",
        "schools",
    ]


def test_a_campus_is_a_sibling_of_its_school():
    campus = SchoolPage.objects.get(key="jiangjin-zhongxue-binjiang")
    assert campus.parent_campus.key == "jiangjin-zhongxue"
    assert campus.is_sibling_of(campus.parent_campus)


def test_pictures_say_that_they_are_generated_and_have_all_sizes():
    for image in PortalImage.objects.all():
        assert image.credit == "示意图，由程序生成"
        assert image.credit_en == "Illustration, generated by a program"
        assert image.description
        assert image.file_hash
        assert image.renditions.count() == 7


def test_accounts_are_in_their_groups():
    assert User.objects.get(username="admin").is_superuser
    translator = User.objects.get(username="translator-en")
    assert list(translator.groups.values_list("name", flat=True)) == ["Translators (en)"]
    assert translator.check_password("demo-only")
    assert translator.wagtail_userprofile.preferred_language == "zh-hans"


def test_the_desk_has_work_to_show_and_readers_see_none_of_it():
    shown = {name: Worklist(User.objects.get(username=name)) for name in ("translator-en", "publisher-en")}
    assert [str(found.original.title) for found in shown["publisher-en"].to_review()] == ["西城小学，诗在课前"]
    assert [str(found.original.title) for found in shown["translator-en"].sent_back()] == ["一所小学怎样讲清廉"]
    titles = StoryPage.objects.filter(slug__in=["poetry-at-xicheng", "integrity-at-shiyan"]).order_by("slug")
    assert [page.title_en for page in titles] == [
        "Clean without a broom: integrity at a primary school",
        "At Xicheng, verse comes before the lesson",
    ]


def test_ids_of_blocks_are_the_same_at_every_seeding():
    story = StoryPage.objects.get(slug=STORY)
    assert story.body[0].id == "5b27fa20-b5e6-5f16-b47b-9b0392951e8a"


@pytest.mark.parametrize("module", ["eduportal.settings.production", "elsewhere.settings", ""])
def test_production_is_refused(monkeypatch, module):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, module)
    with pytest.raises(CommandError, match="production"):
        seed()


def test_a_link_in_english_takes_the_number_of_its_chinese():
    text = {"zh": "{school:a|甲}有{figure:b|3所}", "en": "{figure:b|3} at {school:a|A}"}
    assert as_segments(text)[1] == '<a id="a2">3</a> at <a id="a1">A</a>'


def test_a_link_that_the_chinese_lacks_is_an_error():
    with pytest.raises(KeyError):
        as_segments({"zh": "甲", "en": "{school:a|A}"})


# In six more languages: what the front page and one short story show -------------------------------

SECTIONS = (HomePage, StoryIndexPage, SchoolIndexPage, MetricsPage, ProgrammeIndexPage, StandardPage)
AID_STORY, AID_PROGRAMME = "student-aid-2022-23", "xuesheng-zizhu"
SHOWN_FIGURES = {  # on the front page and in the story
    "public-school-places-added",
    "schools-built",
    "student-aid",
    "inclusive-kindergarten-coverage",
    "student-aid-beneficiaries",
    "student-loans",
}


def shown_objects():
    story = StoryPage.objects.get(slug=AID_STORY)
    programme = ProgrammePage.objects.get(slug=AID_PROGRAMME)
    yield from (PortalSettings.objects.get(), story, story.picture, programme, *story.topics.all())
    yield from (page for model in SECTIONS for page in model.objects.all())
    yield from (page.picture for page in StandardPage.objects.all())
    yield from Contributor.objects.all()
    for figure in Observation.objects.filter(key__in=SHOWN_FIGURES):
        yield from (figure, figure.metric, figure.metric.theme, figure.unit, figure.period, figure.dimension)
        yield from (figure.subject_organisation, figure.source)


def test_what_the_front_page_and_a_story_show_is_there_in_every_language_and_fits():
    files, missing, too_long = other_languages(), [], []
    for obj in shown_objects():
        segments = extract(obj)
        for code, texts in files.items():
            found = [(segment.path, text_for(obj, segment.text, texts) or "") for segment in segments]
            missing += [(code, str(obj), path) for path, text in found if not text]
            too_long += [(code, str(obj), path) for path, text in found if len(text) > longest(obj, path)]
            published = Translation.objects.filter(original__in=Original.objects.for_object(obj), language=code)
            assert not segments or published.get().publication
    assert missing == []
    assert too_long == []
    assert not Language.objects.filter(code__in=files, is_open=True).exists()


def longest(obj, path):
    try:
        return obj._meta.get_field(path).max_length or float("inf")
    except FieldDoesNotExist:
        return float("inf")
