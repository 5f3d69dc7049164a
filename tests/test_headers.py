"""Headers: every answer is protected, whoever gives it, and public addresses are those of the site."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from core.models import Language, PortalSettings, User
from news.tests.factories import make_index, make_story


pytestmark = [pytest.mark.django_db, pytest.mark.once]

PROTECTION = {
    "Content-Security-Policy": "frame-ancestors",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def unprotected(answer):
    return [name for name, part in PROTECTION.items() if part not in answer.headers.get(name, "-")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/news", 301),
        ("/nowhere/", 404),
        ("/%00/", 400),
        ("/?q=%ff", 400),
        ("/api/v1/stories?limit=%00", 400),
        ("/fr/", 404),
        ("/-/live", 200),
        ("/-/ready", 200),
        ("/media/original_images/x.jpg", 404),
        ("/documents/1/x.pdf", 404),
        ("/admin/", 302),
        ("/admin/login/", 200),
    ],
)
def test_every_answer_is_protected(client, path, status):
    make_index()
    Language.objects.filter(code="fr").update(is_open=False)
    answer = client.get(path)
    assert answer.status_code == status
    assert unprotected(answer) == []


def test_an_error_is_protected(monkeypatch):
    make_index()
    monkeypatch.setattr(PortalSettings, "for_request", lambda _request: 1 / 0)
    answer = Client(raise_request_exception=False).get("/.well-known/security.txt")
    assert answer.status_code == 500
    assert unprotected(answer) == []


@pytest.mark.parametrize("to_https", [True, False])
def test_a_host_that_is_not_ours_and_the_way_to_https(client, settings, to_https):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["jiangjin.example"], to_https
    refused = Client().get("/news/", headers={"host": "elsewhere.example"})
    assert refused.status_code == 400
    assert unprotected(refused) == []
    if to_https:
        led = Client().get("/news/", headers={"host": "jiangjin.example"})
        assert (led.status_code, led["Location"]) == (301, "https://jiangjin.example/news/")
        assert unprotected(led) == []


def test_probes_are_not_kept(client):
    for path in ("/-/live", "/-/ready"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_previews_are_not_for_search_engines(client):
    client.force_login(User.objects.create_superuser("admin"))
    page = make_story()
    page.save_revision()
    answer = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert answer.status_code == 200
    assert "noindex" in answer["X-Robots-Tag"]
    assert "X-Robots-Tag" not in client.get(page.url)


@pytest.mark.parametrize("path", ["/news/a/", "/news/feed.xml", "/sitemap.xml", "/robots.txt", "/api/v1/stories"])
def test_public_addresses_are_at_the_host_of_the_site(client, path):
    make_story(slug="a")
    Site.objects.update(hostname="jiangjin.example", port=443)
    page = client.get(path, headers={"host": "mirror.example"}).content.decode()
    assert "://jiangjin.example/" in page
    assert "mirror.example" not in page


def test_a_site_with_a_name_that_this_server_does_not_answer_to_is_read_all_the_same(client, settings):
    """Somebody has mistyped it, or this is a copy of the portal on another machine."""
    make_story(slug="a")
    settings.ALLOWED_HOSTS = ["testserver"]
    Site.objects.update(hostname="jiangjin.example", port=443)
    assert client.get("/news/a/").status_code == 200


def test_a_form_is_taken_at_the_host_that_it_was_sent_to(client):
    """A choice of display is sent to the host that the reader is at, whatever the site is called."""
    make_index()
    Site.objects.update(hostname="jiangjin.example", port=443)
    sent = {"origin": "http://mirror.example", "host": "mirror.example", "sec-fetch-site": "same-origin"}
    answer = client.post("/-/display/", {"size": "large", "next": "/"}, headers=sent)
    assert answer.status_code in {302, 303}


def test_a_page_of_the_site_may_be_the_contact_for_security(client):
    make_index()
    portal = PortalSettings.for_site(Site.objects.get())
    portal.security_contact, portal.security_expires = "/about/", timezone.localdate()
    portal.full_clean()
    portal.save()
    assert "Contact: http://testserver/about/" in client.get("/.well-known/security.txt").content.decode()
