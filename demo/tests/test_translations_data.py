"""The demo's texts in six more languages: whole, checked as at the translators' desk, and short enough for their fields."""

import json
from itertools import chain

import pytest
from django.core.exceptions import FieldDoesNotExist

from core.languages import PROVISIONED
from core.models import PortalSettings
from core.numbers.writing import plural_forms
from core.segments import extract
from demo.records import DATA
from languages.checks import ERROR, run
from languages.checks.texts import Text
from metrics.models import MetricsPage, Observation
from news.models import (
    Contributor,
    HomePage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from schools.models import SchoolIndexPage


pytestmark = pytest.mark.once

FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (DATA / "translations").glob("*.json")}
PAGES = (HomePage, StoryIndexPage, SchoolIndexPage, MetricsPage, ProgrammeIndexPage, StandardPage)
STORY, PROGRAMME = "student-aid-2022-23", "xuesheng-zizhu"
FIGURES = {  # on the front page and in the story
    "public-school-places-added",
    "schools-built",
    "student-aid",
    "inclusive-kindergarten-coverage",
    "student-aid-beneficiaries",
    "student-loans",
}
UNITS = {"个|places", "所|schools", "元", "人", "%"}
# The number check misreads 百分号 (percent sign), and looks for the 25 of “L25” once more.
MISREAD = ("百分号", "“L25”指")


def key_of(obj, segment):
    """Its Chinese; of a unit whose Chinese is the symbol of others too, with the unit's key: 个|places."""
    key = f"{segment.text}|{getattr(obj, 'key', '')}"
    return key if key in FILES["fr"] else segment.text


def shown_objects():
    story = StoryPage.objects.get(slug=STORY)
    programme = ProgrammePage.objects.get(slug=PROGRAMME)
    yield from (PortalSettings.objects.get(), story, story.picture, programme, *story.topics.all())
    yield from (page for model in PAGES for page in model.objects.all())
    yield from (page.picture for page in StandardPage.objects.all())
    yield from Contributor.objects.all()
    for figure in Observation.objects.filter(key__in=FIGURES):
        yield from (figure, figure.metric, figure.metric.theme, figure.unit, figure.period, figure.dimension)
        yield from (figure.subject_organisation, figure.source)


def test_every_file_has_the_same_texts_in_the_same_order():
    assert set(FILES) == set(PROVISIONED) - {"zh-hans", "zh-hant", "en"}
    first, *others = map(list, FILES.values())
    assert all(keys == first for keys in others)
    assert all(text.strip() == text != "" for text in chain.from_iterable(texts.values() for texts in FILES.values()))


@pytest.mark.parametrize("code", sorted(FILES))
def test_the_desk_finds_no_error_and_chips_are_kept(code):
    found = []
    for source, target in FILES[code].items():
        format = "html" if "<" in source else "plain"
        chips = [sorted(tag.chip for tag in Text(text, "html").tags if tag.chip) for text in (source, target)]
        assert chips[0] == chips[1], source
        for finding in run(source.partition("|")[0], target, code, format=format):
            is_misread = finding.check == "numbers" and any(words in source for words in MISREAD)
            if finding.level == ERROR and not is_misread:
                found.append((source, finding.message))
    assert found == []


@pytest.mark.parametrize("code", sorted(FILES))
def test_units_have_the_plural_forms_of_the_language(code):
    for unit in UNITS:
        assert all(plural_forms(FILES[code][unit], code).values())


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_what_the_front_page_and_the_story_show_is_translated_and_fits():
    missing, too_long = [], []
    for obj in shown_objects():
        for segment in extract(obj):
            key = key_of(obj, segment)
            missing += [f"{obj}: {key}"] if key not in FILES["fr"] else []
            longest = max_length(obj, segment.path)
            too_long += [(code, key) for code, texts in FILES.items() if len(texts.get(key, "")) > longest]
    assert missing == []
    assert too_long == []


def max_length(obj, path):
    try:
        return obj._meta.get_field(path).max_length or float("inf")
    except FieldDoesNotExist:
        return float("inf")
