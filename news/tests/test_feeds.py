"""Feeds, read with the parser that many readers' programs use."""

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Language
from news.choices import Origin, Role
from news.feeds import NEWEST
from news.models import Contributor, StoryContributor, StoryPage, StoryProgramme, StorySchool, Topic
from news.tests.factories import make_index, make_programme, make_story, translate
from schools.tests.factories import make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id
    assert feed.feed.updated_parsed
    assert feed.feed.author
    return feed


def titles(client, path):
    return [entry.title for entry in read(client, path).entries]


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_an_entry_says_all_that_is_known(client):
    writer = Contributor.objects.create(key="wang", name="王老师")
    camera = Contributor.objects.create(key="li", name="李老师")
    topic = Topic.objects.create(key="places", name="学位")
    story = make_story(
        title="开学 <b>&",
        standfirst="八千 <i>个</i> & 学位",
        topics=[topic],
        byline=[
            StoryContributor(contributor=writer, role=Role.WRITER),
            StoryContributor(contributor=camera, role=Role.PHOTOGRAPHER),
        ],
    )
    feed = read(client, "/news/feed.xml")
    (entry,) = feed.entries
    assert entry.title == "开学 <b>&"
    assert entry.link == f"http://testserver{story.url}"
    assert entry.summary == "八千 &lt;i&gt;个&lt;/i&gt; &amp; 学位"
    assert [author.name for author in entry.authors] == ["王老师"]
    assert [tag.term for tag in entry.tags] == [story.get_kind_display(), "学位"]
    assert entry.published_parsed
    assert entry.updated_parsed
    assert entry.id.startswith("urn:uuid:")
    assert feed.feed.language == "zh-Hans"
    assert {(link.rel, link.href) for link in feed.feed.links} == {
        ("alternate", "http://testserver/news/"),
        ("self", "http://testserver/news/feed.xml"),
    }


def test_each_language_has_its_own(client):
    translate(make_index(), title="News")
    story = translate(make_story(title="开学"), title="Term begins")
    make_story(title="扩建")
    assert sorted(titles(client, "/news/feed.xml")) == ["开学", "扩建"]
    feed = read(client, "/en/news/feed.xml")
    assert [entry.title for entry in feed.entries] == ["Term begins"]
    assert feed.entries[0].link == f"http://testserver/en{story.url}"
    assert feed.feed.language == "en"
    chinese = {entry.id for entry in read(client, "/news/feed.xml").entries}
    assert feed.entries[0].id not in chinese
    Language.objects.filter(code="en").update(is_open=False)
    assert client.get("/en/news/feed.xml").status_code == 404


def test_an_identity_outlives_the_address(client):
    story = make_story(slug="before")
    before = read(client, "/news/feed.xml").entries[0]
    story.slug = "after"
    story.save()
    after = read(client, "/news/feed.xml").entries[0]
    assert (before.id, before.link.endswith("/before/"), after.link.endswith("/after/")) == (after.id, True, True)


def test_drafts_and_private_stories_are_not_told(client):
    make_story(title="公开")
    make_story(title="草稿", live=False)
    private(make_story(title="私密"))
    assert titles(client, "/news/feed.xml") == ["公开"]


def test_nothing_is_told_of_a_private_section(client):
    story = make_story()
    school = make_school()
    StorySchool.objects.create(story=story, school=school, origin=Origin.EDITOR)
    private(story.get_parent())
    for path in ("/news/feed.xml", f"/schools/{school.key}/feed.xml"):
        assert client.get(path).status_code == 404


def test_of_a_topic_a_school_and_a_programme(client):
    topic = Topic.objects.create(key="places", name="学位")
    school, programme = make_school(title="双福六小"), make_programme(title="三名工程")
    chosen = make_story(title="有关", topics=[topic])
    make_story(title="无关")
    StorySchool.objects.create(story=chosen, school=school, origin=Origin.EDITOR)
    StorySchool.objects.create(story=chosen, school=school, origin=Origin.BODY)
    StoryProgramme.objects.create(story=chosen, programme=programme, origin=Origin.EDITOR)
    for path, name in (
        ("/news/topic/places/feed.xml", "学位"),
        (f"/schools/{school.key}/feed.xml", "双福六小"),
        (f"/programmes/{programme.key}/feed.xml", "三名工程"),
    ):
        feed = read(client, path)
        assert [entry.title for entry in feed.entries] == ["有关"]
        assert name in feed.feed.title


@pytest.mark.parametrize(
    "path",
    ["/news/topic/none/feed.xml", "/schools/none/feed.xml", "/programmes/none/feed.xml", "/schools/a%2Fb/feed.xml"],
)
def test_of_nothing_there_is_none(client, path):
    make_index()
    assert client.get(path).status_code == 404


def test_a_hidden_school_has_none(client):
    make_story()
    hidden = make_school(live=False)
    assert client.get(f"/schools/{hidden.key}/feed.xml").status_code == 404


def test_without_a_list_of_stories_there_is_none(client):
    assert client.get("/news/feed.xml").status_code == 404


def test_only_the_newest_and_with_the_same_number_of_queries(client):
    index = make_index()
    make_story(title="最早")
    read(client, "/news/feed.xml")
    with CaptureQueriesContext(connection) as few:
        read(client, "/news/feed.xml")
    now = timezone.now()
    for number in range(NEWEST + 1):
        page = StoryPage(title=f"报道 {number}", slug=f"many-{number}", first_published_at=now, last_published_at=now)
        index.add_child(instance=page)
    with CaptureQueriesContext(connection) as many:
        feed = read(client, "/news/feed.xml")
    assert len(feed.entries) == NEWEST
    assert "最早" not in [entry.title for entry in feed.entries]
    assert len(many) == len(few) <= 8


def test_who_has_it_already_is_not_sent_it_again(client):
    story = make_story()
    first = client.get("/news/feed.xml")
    same = client.get("/news/feed.xml", headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    since = client.get("/news/feed.xml", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    StoryPage.objects.filter(pk=story.pk).update(title_zh_hans="改题")
    changed = client.get("/news/feed.xml", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_an_empty_feed_does_not_change_with_time(client):
    make_index()
    first = client.get("/news/feed.xml")
    assert feedparser.parse(first.content).entries == []
    assert client.get("/news/feed.xml").content == first.content


def test_it_is_only_read(client):
    make_index()
    assert client.post("/news/feed.xml").status_code == 405
    assert "Set-Cookie" not in client.get("/news/feed.xml")


def test_pages_name_their_feeds(client):
    topic = Topic.objects.create(key="places", name="学位")
    story, school, programme = make_story(topics=[topic]), make_school(), make_programme()
    make_story()
    for path, feed in (
        ("/", "/news/feed.xml"),
        ("/news/", "/news/feed.xml"),
        ("/news/?topic=places", "/news/topic/places/feed.xml"),
        (story.url, "/news/feed.xml"),
        (school.url, f"/schools/{school.key}/feed.xml"),
        (programme.url, f"/programmes/{programme.key}/feed.xml"),
    ):
        page = client.get(path).content.decode()
        assert 'rel="alternate" type="application/atom+xml"' in page, path
        assert f'href="{feed}"' in page, path
