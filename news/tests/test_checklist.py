"""What an editor is told before a story is published."""

from datetime import date

import pytest
from django.utils import translation

from core.languages import reading
from core.models import PortalImage
from core.publishing import checklist
from core.publishing.checklist import Finding, Level, findings_for, publish_check
from news.models import Contributor, StoryContributor, StoryPage, Topic
from news.tests.factories import make_programme, make_story
from schools.tests.factories import make_image


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(page):
    with translation.override("en"):
        return [(each.place, each.message) for each in findings_for(page, Level.ERROR, Level.WARNING)]


def image(**values):
    return make_image(**{"title": "操场", "description": "学生在跑步", "credit": "张三"} | values)


def signed(**fields):
    """A story that lacks nothing but what the test says."""
    story = make_story(live=False, **{"picture": image(), "picture_caption": "操场"} | fields)
    author = Contributor.objects.create(name="李四")
    story.byline.add(StoryContributor(contributor=author, role="writer"))
    story.topics.add(Topic.objects.get_or_create(key="schools", name="学校")[0])
    return story


def block(picture, number=1, **texts):
    texts = {"caption": "操场", "credit": "", "alt": "", "wide": False} | texts
    return {"type": "image", "id": f"block-{number}", "value": {"image": picture.pk} | texts}


def test_a_story_that_has_everything_is_said_nothing_of():
    assert said(signed(body=[block(image())])) == []


def test_a_story_without_lead_picture_and_byline():
    assert said(make_story(live=False)) == [
        ("picture", "There is no lead picture: lists and shared links show none."),
        ("byline", "Nobody is named as author (byline)."),
        ("topics", "It has no topic: readers of a topic do not find it."),
    ]


def test_a_notice_needs_none_of_these_but_a_number_and_a_date():
    assert said(make_story(live=False, kind="notice")) == [
        ("index_number", "The notice has neither an index number nor a document number."),
        ("issued_on", "The notice does not say of which day the document is."),
    ]
    day = date(2026, 11, 2)
    for number in ("index_number", "document_number"):
        assert said(make_story(live=False, kind="notice", issued_on=day, **{number: "津教发〔2026〕1号"})) == []


@pytest.mark.parametrize(
    ("values", "fields", "place", "things"),
    [
        ({"description": ""}, {}, "picture_alt", "alternative text"),
        ({"description": ""}, {"picture_alt": "操场上"}, None, None),
        ({}, {"picture_caption": ""}, "picture_caption", "caption"),
        ({"credit": ""}, {}, "picture", "credit"),
        (
            {"description": "", "credit": ""},
            {"picture_caption": ""},
            "picture_alt",
            "alternative text, caption, credit",
        ),
    ],
)
def test_what_a_lead_picture_lacks_is_one_finding(values, fields, place, things):
    found = said(signed(picture=image(**values), **fields))
    assert found == ([(place, f"The picture “操场” lacks: {things}.")] if place else [])


def test_pictures_of_the_body_are_found_however_deep():
    bare = image(title="校门", description="", credit="")
    items = [
        {"type": "item", "id": f"item-{n}", "value": block(bare, **texts)["value"]} for n, texts in enumerate(WORDS)
    ]
    gallery = {"type": "gallery", "id": "g", "value": {"heading": "", "images": items}}
    assert said(signed(body=[block(bare), gallery])) == [
        ("body.block-1.alt", "The picture “校门” lacks: alternative text, credit."),
        ("body.g.images.item-1.caption", "The picture “校门” lacks: caption."),
    ]


WORDS = [{"alt": "校门", "credit": "张三"}, {"alt": "校门", "credit": "张三", "caption": ""}]


def test_a_picture_that_readers_do_not_see():
    broken = image()
    PortalImage.objects.filter(pk=broken.pk).update(lacks_sizes=True)
    (_place, message), *others = said(signed(picture=PortalImage.objects.get(pk=broken.pk)))
    assert "cannot be shown to readers" in message
    assert others == []


def test_any_page_with_a_picture_is_asked_for_its_words_but_for_no_caption():
    assert said(make_programme(picture=image(description="", credit=""))) == [
        ("picture", "The picture “操场” lacks: alternative text, credit.")
    ]


def test_it_is_the_chinese_that_counts_whatever_language_the_admin_speaks():
    story = signed(picture_alt="操场上", picture=image(description=""))
    with reading("en"):
        assert said(story) == []


def test_others_add_what_they_know_and_errors_come_first(monkeypatch):
    monkeypatch.setattr(checklist, "_checks", [])

    @publish_check("test.style", StoryPage)
    def style(story):
        yield Finding("Too long", "title")

    @publish_check("test.law", StoryPage, Level.ERROR)
    def law(story):
        yield Finding("No source", "credit_line")

    @publish_check("test.others", PortalImage)
    def of_other_things(image):
        yield Finding("Never")

    story = make_story(live=False)
    assert [each.message for each in findings_for(story)] == ["No source", "Too long"]
    assert findings_for(make_programme()) == []
    with pytest.raises(ValueError, match="already"):
        publish_check("test.law", StoryPage)(style)
