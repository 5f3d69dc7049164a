"""Times that a story tells from its day of publication: in the list before publishing, and for readers."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from core.publishing.checklist import Level, findings_for
from core.segments import extract
from news.models import StoryPage
from news.tests.factories import make_story, translate


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def text(html, number=1):
    return {"type": "text", "id": f"t{number}", "value": html}


def found(page):
    with translation.override("en"):
        return [each for each in findings_for(page, Level.NOTE) if each.check == "news.relative-times"]


def published(*body, **fields):
    story = make_story(body=list(body), **fields)
    StoryPage.objects.filter(pk=story.pk).update(first_published_at=datetime(2023, 10, 20, 4, tzinfo=UTC))
    return StoryPage.objects.get(pk=story.pk)


def test_the_editor_sees_what_each_means():
    story = published(text("<p>今年9月，新校开学。目前有48个班。</p>"), text("<p>今年9月和去年。</p>", 2))
    assert [(each.place, each.message, each.mend is None) for each in found(story)] == [
        ("body.t1", "“今年9月” means September 2023: readers see that beside it.", False),
        ("body.t1", "“目前” means October 2023: readers see that beside it.", True),
        ("body.t2", "“去年” means 2022: readers see that beside it.", False),
    ]


def test_one_click_writes_it_everywhere():
    story = published(text("<p>今年<b>9</b>月，今年以来</p>"), text("<p>今年以来，<b>去年</b>今年以来</p>", 2))
    since = next(each for each in found(story) if "今年以来" in each.message)
    since.mend.apply()
    assert [block.value.source for block in story.body] == [
        "<p>今年<b>9</b>月，2023年以来</p>",
        "<p>2023年以来，<b>去年</b>2023年以来</p>",
    ]


def test_from_which_day():
    body = [text("<p>去年</p>")]
    assert "2021" in found(published(*body, source_date=date(2022, 5, 1)))[0].message
    assert "2020" in found(published(*body, kind="notice", issued_on=date(2021, 5, 1)))[0].message
    draft = make_story(live=False, body=body, go_live_at=datetime(2031, 1, 1, tzinfo=UTC))
    assert "2030" in found(draft)[0].message


def test_readers_see_it_in_every_language(client):
    story = published(text("<p>去年，学校开学。</p>"))
    texts = {segment.path: segment.text for segment in extract(story)}
    place = next(path for path, words in texts.items() if "去年" in words)
    translate(story, "en", **{place: "Last year a school opened."})
    assert '<time class="told" datetime="2022" title="2022年">去年</time>' in client.get(story.url).content.decode()
    english = client.get(f"/en{story.url}").content.decode()
    assert '<time class="told" datetime="2022" title="2022">Last year</time>' in english
