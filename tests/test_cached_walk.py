"""Every kind of change, every kind of page, in every open language: what is kept is what would be made, byte by byte."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from core.caching import page_cache, stamp
from core.caching.kept import forget_all
from core.caching.stores import memory
from core.models import Language, PortalSettings, SiteNotice
from core.publishing.schedule import run_due
from metrics.models import Observation
from news.models import ProgrammePage, StandardPage, StoryPage, Topic
from news.tests.factories import make_story, publish, translate
from schools.models import SchoolPage, Town


pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = [
    "/",
    "/news/",
    "/news/?kind=notice",
    "/news/story/",
    "/schools/",
    "/schools/shuangfu-6/",
    "/schools/compare/?s=shuangfu-6&s=jijiang",
    "/data/",
    "/data/new-places/",
    "/programmes/reform/",
    "/about/",
    "/sitemap/",
    "/api/v1/",
    "/old/",  # a redirect, from half-way on
    # for programs
    "/news/feed.xml",
    "/data/new-places.json",
    "/schools/directory.csv",
    "/site.webmanifest",
]
WITHOUT_LANGUAGE = ["/sitemap.xml", "/robots.txt", "/llms.txt", "/.well-known/security.txt"]


@pytest.fixture(autouse=True)
def _on(portal, settings, monkeypatch):
    monkeypatch.setattr("core.caching.writes.has_moved", lambda _connection: False)  # each act counts as committed
    monkeypatch.setattr(stamp, "INTERVAL", 3600.0)  # a process learns of nothing unless it is told
    PortalSettings.for_site(Site.objects.get())
    Language.objects.filter(code="zh-hant").update(is_open=False)  # Chinese, English and Arabic, then French
    yield
    memory.clear()
    forget_all()


def story():
    return StoryPage.objects.get(slug="story")


def changed(obj, **values):
    for name, value in values.items():
        setattr(obj, name, value)
    return publish(obj)


def schedule():
    StoryPage.objects.filter(slug="notice").update(expire_at=timezone.now())
    run_due()


def rename():
    page = SchoolPage.objects.get(slug="jijiang")
    page.title_zh_hans = "几江实验中学"
    page.save()


CHANGES = {
    "publish": lambda: changed(story(), title="改了题", standfirst="也改了"),
    "a new story": lambda: make_story(title="又一篇", slug="another"),
    "translate": lambda: translate(StandardPage.objects.get(), "en", title="About"),
    "a figure": lambda: Observation.objects.filter(key__startswith="observation").update(value=8661, printed="8661个"),
    "a school": rename,
    "a town": lambda: Town.objects.create(key="shuangfu", name="双福街道"),
    "a topic": lambda: changed(story(), topics=[Topic.objects.create(key="places", name="学位")]),
    "a setting": lambda: PortalSettings.objects.update(name_zh_hans="江津教育网", organiser="区教委"),
    "a notice": lambda: SiteNotice.objects.create(text="明日停课"),
    "a redirect": lambda: Redirect.add_redirect("/old/", story()),
    "a restriction": lambda: PageViewRestriction.objects.create(
        page=ProgrammePage.objects.get(), restriction_type="login"
    ),
    "a schedule": schedule,
    "a withdrawal": lambda: SchoolPage.objects.get(slug="shuangfu-6").unpublish(),
    "a deletion": lambda: StandardPage.objects.get().delete(),
    "a language closed": lambda: Language.objects.filter(code="ar").update(is_open=False),
    "a language opened": lambda: Language.objects.filter(code="fr").update(is_open=True),
}
WITHOUT_EFFECT = {"a town"}  # which no page names


def addresses(turn):
    """Every kind of page, each in one of the open languages: `turn` says which, so that all come round."""
    codes = list(Language.objects.open().values_list("code", flat=True))
    prefixes = ["" if code == "zh-hans" else f"/{code}" for code in codes]
    pages = (prefixes[(number + turn) % len(prefixes)] + page for number, page in enumerate(PAGES))
    return [*WITHOUT_LANGUAGE, *pages]


def answers(is_on, settings, turns):
    settings.PAGE_CACHE = is_on
    reader, found = Client(), {}
    for path in dict.fromkeys(path for turn in turns for path in addresses(turn)):
        response = reader.get(path)
        headers = dict(response.items()) | {"Vary": set(response.headers.get("Vary", "").split(", "))}
        found[path] = (response.status_code, response.content, headers)
    return found


def test_every_change_on_every_page(settings, monkeypatch, words_may_differ):
    """After each change the pages that were kept before it; at the end all of them in every language."""
    made = []
    stock = page_cache.PageCache._make
    monkeypatch.setattr(page_cache.PageCache, "_make", lambda pages, asked: made.append(asked) or stock(pages, asked))
    for turn, (name, change) in enumerate(CHANGES.items()):
        before = answers(True, settings, [turn])
        with transaction.atomic():
            change()
        stamp.forget()  # as on commit
        kept, made[:] = answers(True, settings, [turn]), []
        assert kept == answers(False, settings, [turn]), name
        assert answers(True, settings, [turn]) == kept, name
        assert len(made) <= sum(status != 200 for status, _content, _headers in kept.values()), name
        assert (kept != before) is (name not in WITHOUT_EFFECT), name
    everywhere = range(Language.objects.open().count())
    assert answers(True, settings, everywhere) == answers(False, settings, everywhere)
