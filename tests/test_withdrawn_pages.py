"""What readers and programs find where something was withdrawn: at once, in every language, with all caches on."""

import re
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from core.caching.wsgi import QuickAnswers
from core.models import Language
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_programme, make_story, publish, translate
from newsroom.models import Withdrawal
from newsroom.tests.factories import make_member, make_withdrawal
from newsroom.withdrawing.acts import release
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_school

from .page_caching import keeping_pages


pytestmark = [pytest.mark.django_db, pytest.mark.once]

TITLE, TEXT, TITLE_EN = "双福六小开学典礼", "秋季学期的全文。", "Opening of Shuangfu No. 6"
OPEN = ["", "/en", "/zh-hant"]


@pytest.fixture(autouse=True, params=[True, False], ids=["kept", "made anew"])
def _caching(request, settings, monkeypatch):
    if not request.param:
        yield
        return
    with keeping_pages(settings, monkeypatch):
        yield


@pytest.fixture
def chief():
    return make_member("Final review")


@pytest.fixture
def story(chief):
    make_home(title="首页", title_en="Home")
    make_index(title="新闻", title_en="News")
    text = [("text", f'<p data-block-key="a">{TEXT}</p>')]
    return translate(make_story(title=TITLE, slug="opening", body=text), "en", title=TITLE_EN)


def get(path, **options):
    return Client().get(path, **options)


def said(answer):
    return answer.content.decode()


def main(answer):
    return said(answer).partition("<main")[2].partition("</main>")[0]


def is_silent(answer):
    """Whether nothing of what was withdrawn is in it."""
    text = re.sub("</?mark>", "", said(answer))
    return not re.search(f"{TITLE}|{TEXT}|{TITLE_EN}|雙福六小開學|秋季學期", text)


class TestPublishedInError:
    @pytest.mark.parametrize("language", OPEN)
    def test_is_gone_in_every_language_and_says_why(self, story, language):
        assert get(f"{language}/news/opening/").status_code == 200
        make_withdrawal(story, "error")
        answer = get(f"{language}/news/opening/")
        assert answer.status_code == 410
        assert "410" in said(answer)
        assert is_silent(answer)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in said(answer)
        head = said(answer).partition("<body>")[0]
        assert "hreflang" not in head
        assert "canonical" not in head
        assert f'href="{language}/news/"' in said(answer)

    def test_of_a_closed_language_is_not_found(self, story):
        make_withdrawal(story, "error")
        assert get("/fr/news/opening/").status_code == 404

    def test_caches_in_front_replace_what_they_have(self, story):
        make_withdrawal(story, "error")
        assert get("/news/opening/").headers["Cache-Control"] == "max-age=0, s-maxage=1, stale-if-error=86400"

    def test_whatever_is_asked_along(self, story):
        make_withdrawal(story, "error")
        assert get("/news/opening/?before=2020-01-01&utm_source=x").status_code == 410
        head = Client().head("/news/opening/")
        assert (head.status_code, head.content) == (410, b"")
        assert Client().post("/news/opening/").status_code in (404, 405)

    def test_somebody_logged_in_sees_the_same_and_nobody_keeps_it(self, story, chief):
        make_withdrawal(story, "error")
        editor = Client()
        editor.force_login(chief)
        answer = editor.get("/news/opening/")
        assert (answer.status_code, "private" in answer.headers["Cache-Control"]) == (410, True)

    def test_also_after_it_was_deleted(self, story):
        make_withdrawal(story, "error")
        StoryPage.objects.get(pk=story.pk).delete()
        assert get("/en/news/opening/").status_code == 410

    def test_until_something_else_stands_there(self, story):
        make_withdrawal(story, "error")
        StoryPage.objects.get(pk=story.pk).delete()
        other = make_story(slug="opening", title="另一篇")
        assert "另一篇" in said(get("/news/opening/"))
        other.unpublish()
        assert get("/news/opening/").status_code == 404  # it is over, not withdrawn


class TestBeingChecked:
    @pytest.mark.parametrize("language", OPEN)
    def test_is_a_notice_alone_and_returns(self, story, chief, language):
        before = main(get(f"{language}/news/opening/"))
        made = make_withdrawal(story, "checking")
        for answer in (get(f"{language}/news/opening/"), get(f"{language}/news/opening/")):
            assert answer.status_code == 200
            assert is_silent(answer)
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert '<link rel="canonical"' not in said(answer)
        release(made, user=chief, reason="无误")
        after = get(f"{language}/news/opening/")
        assert after.status_code == 200
        assert main(after) == before
        assert "X-Robots-Tag" not in after.headers

    def test_head_says_the_same_without_a_body(self, story):
        make_withdrawal(story, "checking")
        head = Client().head("/news/opening/")
        assert (head.status_code, head.headers["X-Robots-Tag"], head.content) == (200, "noindex", b"")


class TestReplaced:
    @pytest.mark.parametrize("language", OPEN)
    def test_leads_there_in_the_same_language(self, story, language):
        new = make_story(title="新版", slug="new")
        get(f"{language}/news/opening/")
        make_withdrawal(story, "replaced", replacement=new)
        answer = get(f"{language}/news/opening/?utm_source=x")
        assert (answer.status_code, answer.url) == (301, f"{language}/news/new/")
        assert "max-age=0" in answer.headers["Cache-Control"]  # it may come back

    def test_leads_on_to_what_replaces_that(self, story):
        second, third = make_story(slug="second"), make_story(slug="third")
        make_withdrawal(story, "replaced", replacement=second)
        make_withdrawal(second, "replaced", replacement=third)
        assert get("/en/news/opening/").url == "/en/news/third/"

    def test_says_that_its_replacement_is_gone_or_is_being_checked(self, story):
        second = make_story(slug="second")
        make_withdrawal(story, "replaced", replacement=second)
        make_withdrawal(second, "checking")
        assert get("/news/opening/").status_code == 200
        assert is_silent(get("/news/opening/"))
        StoryPage.objects.get(pk=second.pk).delete()
        assert get("/news/opening/").status_code == 410

    def test_two_that_replace_each_other_end(self, story):
        second = make_story(slug="second")
        made = make_withdrawal(story, "replaced", replacement=second)
        other = make_withdrawal(second, "error")
        Withdrawal.objects.filter(pk=other.pk).update(kind="replaced", replacement=story.pk)
        assert get("/news/opening/").status_code == 410
        assert made.replacement_id == second.pk


class TestOtherAddresses:
    def test_an_address_from_before_it_was_renamed(self, story, django_capture_on_commit_callbacks):
        story.slug = "renamed"
        with django_capture_on_commit_callbacks(execute=True):
            renamed = publish(story)
        assert get("/en/news/opening/").url == "/en/news/renamed/"
        make_withdrawal(renamed, "error")
        assert get("/en/news/opening/").status_code == get("/en/news/renamed/").status_code == 410

    def test_what_an_editor_redirects_leads_there(self, story):
        make_withdrawal(story, "error")
        Redirect.objects.create(old_path="/news/opening", redirect_link="/news/")
        assert get("/news/opening/").url == "/news/"

    def test_what_only_begins_alike_is_not_found(self, story):
        make_withdrawal(story, "error")
        assert get("/news/opening/more/").status_code == get("/news/opening-2/").status_code == 404

    def test_another_address_of_the_page(self, story):
        CreatePageAliasAction(story, parent=make_home(), update_slug="other").execute()
        assert get("/other/").status_code == 200
        make_withdrawal(story, "checking")
        assert is_silent(get("/other/"))
        assert get("/other/").status_code == 200

    def test_what_is_below_goes_on_if_it_stays(self, story):
        make_withdrawal(make_index(), "error")
        assert get("/news/").status_code == 410
        assert get("/news/opening/").status_code == 200

    def test_the_figures_below_their_page(self, story):
        page = make_index(MetricsPage, title="数据", slug="data")
        make_observation(metric=make_metric(key="new-places"))
        assert get("/data/new-places/").status_code == 200
        make_withdrawal(page, "error")
        assert get("/data/").status_code == get("/data/new-places/").status_code == 410

    def test_the_feed_of_a_school_and_of_a_programme(self, story):
        make_index(SchoolIndexPage, title="学校", slug="schools")
        school, programme = make_school(slug="shuangfu-6"), make_programme(slug="reform")
        assert get("/schools/shuangfu-6/feed.xml").status_code == get("/programmes/reform/feed.xml").status_code == 200
        make_withdrawal(school, "error")
        make_withdrawal(programme, "checking")
        assert get("/schools/shuangfu-6/feed.xml").status_code == 410
        assert get("/programmes/reform/feed.xml").status_code == 404

    def test_a_private_page_that_was_withdrawn_names_nothing(self, story):
        PageViewRestriction.objects.create(page=story.basepage_ptr, restriction_type="login")
        assert get("/news/opening/").status_code == 302
        make_withdrawal(story, "checking")
        assert is_silent(get("/news/opening/"))


class TestEverywhereElse:
    """It disappears with the act, from whatever listed, linked or embedded it."""

    @pytest.fixture
    def around(self, story):
        link = f'<p data-block-key="a">见<a linktype="page" id="{story.pk}">那篇</a></p>'
        related = [("related", {"heading": "", "stories": [story]})]
        return make_story(title="相关", slug="beside", body=[("text", link), *related])

    def test_lists_feeds_maps_searches_data_and_what_embeds_it(self, story, around):
        paths = [
            "/", "/en/", "/news/", "/en/news/", "/zh-hant/news/", "/news/feed.xml", "/en/news/feed.xml",
            "/sitemap-zh-hans.xml", "/news/beside/", "/search/?q=开学典礼", "/search/suggest?q=双福",
            "/api/v1/stories", "/llms.txt",
        ]  # fmt: skip
        paths = [path for path in paths if get(path).status_code == 200]
        shown = [path for path in paths if not is_silent(get(path))]
        assert {"/", "/news/", "/en/news/", "/zh-hant/news/", "/news/feed.xml", "/news/beside/"} <= set(shown)
        assert {"/search/?q=开学典礼", "/api/v1/stories"} <= set(shown)
        make_withdrawal(story, "checking")
        assert [path for path in paths if not is_silent(get(path))] == []
        assert "那篇" in said(get("/news/beside/"))
        assert "/news/opening/" not in said(get("/news/beside/"))

    def test_the_open_data(self, story):
        new = make_story(slug="new")
        assert get("/api/v1/stories/opening").status_code == 200
        made = make_withdrawal(story, "error")
        answer = get("/api/v1/stories/opening")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "published in error" in answer.json()["message"]
        Withdrawal.objects.filter(pk=made.pk).update(kind="checking")
        assert get("/api/v1/stories/opening").status_code == 404
        Withdrawal.objects.filter(pk=made.pk).update(kind="replaced", replacement=new.pk)
        answer = get("/api/v1/stories/opening")
        assert (answer.status_code, answer.json()["replaced_by"]) == (410, "http://testserver/news/new/")
        assert get("/api/v1/stories/nothing").status_code == 404


@pytest.mark.parametrize("_caching", [True], ids=["kept"], indirect=True)
def test_an_answer_that_was_given_before_django_is_not_given_again(story, monkeypatch):
    monkeypatch.setattr("django.core.handlers.wsgi.signals.request_started.send", lambda **_kwargs: [])
    monkeypatch.setattr("django.http.response.signals.request_finished.send", lambda **_kwargs: [])
    server = QuickAnswers(WSGIHandler())

    def ask():
        told = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": "/news/opening/", "QUERY_STRING": "", "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
        }  # fmt: skip
        body = b"".join(server(environ, lambda status, _headers: told.append(status[:3])))
        return told[0], body

    assert TEXT in ask()[1].decode()
    assert TEXT in ask()[1].decode()
    made = make_withdrawal(story, "checking")
    assert (ask()[0], TEXT in ask()[1].decode()) == ("200", False)
    Withdrawal.objects.filter(pk=made.pk).update(kind="error")
    assert ask()[0] == "410"


@pytest.mark.parametrize("code", ["ar", "fr", "ru", "es", "ja", "ko"])
def test_in_a_language_that_was_opened(story, code):
    Language.objects.filter(code=code).update(is_open=True)
    make_withdrawal(story, "checking")
    answer = get(f"/{code}/news/opening/")
    assert answer.status_code == 200
    assert is_silent(answer)
    assert "not-translated" not in said(answer)
