"""Addresses for programs that need no page, and the form of what site managers may set."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Site

from core.choices import NoticeLevel
from core.models import BasePage, Language, PortalSettings, SiteNotice


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def portal():
    return PortalSettings.for_site(Site.objects.get(is_default_site=True))


def save(portal, **values):
    for name, value in values.items():
        setattr(portal, name, value)
    portal.full_clean()
    portal.save()
    return portal


class TestRobots:
    def test_searches_and_the_admin_are_not_for_them(self, client):
        response = client.get("/robots.txt", headers={"host": "jiangjin.example"})
        lines = response.content.decode().splitlines()
        assert response["Content-Type"].startswith("text/plain")
        assert lines[0] == "User-agent: *"
        for path in ("/admin/", "/search/", "/en/search/", "/zh-hant/search/"):
            assert f"Disallow: {path}" in lines
        assert "Allow: /" in lines
        assert "Sitemap: http://jiangjin.example/sitemap.xml" in lines

    def test_a_closed_language_is_not_mentioned(self, client):
        Language.objects.filter(code="en").update(is_open=False)
        assert "/en/" not in client.get("/robots.txt").content.decode()

    @pytest.mark.parametrize(
        "path", ["/robots.txt", "/sitemap.xml", "/llms.txt", "/favicon.ico", "/.well-known/security.txt", "/sitemap/"]
    )
    def test_nothing_is_posted_to(self, client, path):
        assert client.post(path).status_code == 405

    def test_there_is_one_for_all_languages(self, client):
        assert client.get("/en/robots.txt").status_code == 404


class TestSecurity:
    def test_nobody_is_made_up(self, client):
        assert client.get("/.well-known/security.txt").status_code == 404

    def test_the_contact_of_the_settings(self, client, portal):
        save(portal, security_contact="mailto:safe@jiangjin.example", security_expires=timezone.localdate())
        response = client.get("/.well-known/security.txt")
        lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert lines["Contact"] == "mailto:safe@jiangjin.example"
        assert lines["Expires"] == f"{timezone.localdate():%Y-%m-%d}T15:59:59Z"  # the day's end in China
        assert lines["Canonical"] == "http://testserver/.well-known/security.txt"

    def test_what_has_expired_is_gone(self, client, portal):
        yesterday = timezone.localdate() - timedelta(days=1)
        save(portal, security_contact="mailto:safe@jiangjin.example", security_expires=yesterday)
        assert client.get("/.well-known/security.txt").status_code == 404


class TestEmptySite:
    """Before there is a front page of ours to read."""

    def test_the_site_map_of_an_empty_site(self, client):
        BasePage.objects.filter(depth__gt=1).update(live=False)
        assert "<loc>" not in client.get("/sitemap.xml").content.decode()
        assert client.get("/llms.txt").status_code == 404
        assert client.get("/sitemap/").status_code == 404

    def test_a_favicon_leads_to_the_picture(self, client):
        assert client.get("/favicon.ico").url.endswith("img/favicon.ico")


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("site_code", "5001160000"),
            ("icp_number", "渝ICP备12345678号"),
            ("icp_number", "渝ICP备12345678号-2"),
            ("police_number", "渝公网安备50011602000001号"),
            ("police_number", "渝公网安备 50011602000001号"),
            ("badge_url", "https://bszs.conac.cn/sitename?method=show&id=1"),
            ("report_url", "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=5001160000"),
        ],
    )
    def test_what_is_right_is_taken(self, portal, name, value):
        save(portal, **{name: value})

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("site_code", "500116"),
            ("site_code", "50011600００"),
            ("site_code", "5001160000\n"),
            ("icp_number", "12345678"),
            ("icp_number", "某ICP备12345678号"),
            ("icp_number", "渝ICP备号"),
            ("icp_number", "渝ICP备12345678号 <b>"),
            ("police_number", "渝公网安备5001号"),
            ("police_number", "50011602000001"),
            ("badge_url", "http://bszs.conac.cn/"),
            ("badge_url", "javascript:alert(1)"),
            ("report_url", "ftp://example.org/"),
            ("licence_url", "http://example.org/"),
            ("security_contact", "safe@jiangjin.example"),
            ("security_contact", "mailto:"),
            ("security_contact", "http://example.org/"),
            ("security_contact", "mailto:a@example.org\nContact: mailto:b@example.org"),
        ],
    )
    def test_what_is_wrong_is_refused_beside_its_field(self, portal, name, value):
        values = {name: value, "licence_name": "名"}
        if name == "security_contact":
            values["security_expires"] = timezone.localdate()
        with pytest.raises(ValidationError) as refused:
            save(portal, **values)
        assert list(refused.value.message_dict) == [name]

    def test_what_belongs_together(self, portal):
        for values, name in (
            ({"licence_url": "https://example.org/"}, "licence_name"),
            ({"security_contact": "mailto:a@example.org"}, "security_expires"),
            ({"accessibility_page": BasePage.objects.get(depth=1)}, "accessibility_page"),
        ):
            portal.refresh_from_db()
            with pytest.raises(ValidationError) as refused:
                save(portal, **values)
            assert list(refused.value.message_dict) == [name]

    def test_everything_is_empty_at_first(self, portal):
        empty = ("organiser", "operator", "contact", "site_code", "icp_number", "police_number", "badge_url")
        empty += ("report_url", "copyright", "licence_name", "licence_url", "security_contact", "security_expires")
        assert not any(getattr(portal, name) for name in (*empty, "accessibility_page"))

    def test_where_a_police_filing_is_looked_up(self, portal):
        portal.police_number = "渝公网安备 50011602000001号"
        assert portal.police_url == "https://beian.mps.gov.cn/#/query/webSearch?code=50011602000001"


def hours(number):
    return timezone.now() + timedelta(hours=number)


class TestNotices:
    def test_only_those_whose_time_it_is_the_most_pressing_first(self):
        make = SiteNotice.objects.create
        make(text="过去", ends_at=hours(-1))
        make(text="将来", starts_at=hours(1))
        make(text="提示", order=1)
        make(text="先提示", order=0)
        make(text="紧急", level=NoticeLevel.URGENT, starts_at=hours(-1), ends_at=hours(1), order=9)
        make(text="警告", level=NoticeLevel.WARNING)
        assert [notice.text for notice in SiteNotice.objects.current()] == ["紧急", "警告", "先提示", "提示"]

    def test_the_minute_it_ends_it_is_gone(self):
        end = hours(1)
        SiteNotice.objects.create(text="停课", ends_at=end)
        assert SiteNotice.objects.current(end - timedelta(seconds=1)).exists()
        assert not SiteNotice.objects.current(end).exists()

    def test_the_database_refuses_an_end_before_the_beginning(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            SiteNotice.objects.create(text="停课", starts_at=hours(2), ends_at=hours(1))

    def test_stands_on_every_page_even_one_that_is_not_found(self, client):
        SiteNotice.objects.create(text="停课 <b>&", level=NoticeLevel.URGENT, link="/news/")
        page = client.get("/nowhere/").content.decode()
        assert page.index("停课 &lt;b&gt;&amp;") < page.index('class="masthead"')
        assert 'href="/news/"' in page
        assert "site-notice--urgent" in page

    def test_in_the_readers_language_or_in_chinese_that_says_so(self, client):
        SiteNotice.objects.create(text="停课", text_en="No school today", link="/news/")
        SiteNotice.objects.create(text="维护")
        page = client.get("/en/nowhere/").content.decode()
        assert '<a href="/en/news/">No school today</a>' in page
        assert '<bdi lang="zh-Hans" dir="ltr">维护</bdi>' in page
        assert "停课" not in page

    def test_traditional_characters_come_by_themselves(self, client):
        SiteNotice.objects.create(text="学校停课")
        assert "學校停課" in client.get("/zh-hant/nowhere/").content.decode()

    def test_no_notice_no_box(self, client):
        SiteNotice.objects.create(text="过去", ends_at=hours(-1))
        assert "site-notice" not in client.get("/nowhere/").content.decode().replace("footer.css", "")
