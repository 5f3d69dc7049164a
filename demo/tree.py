"""The front page and the pages right below it."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from wagtail.models import Site

from core.models import BasePage, PortalSettings
from news.models import HomePage, StandardPage

from . import images
from .blocks import stream
from .english import translate
from .records import load, zh
from .rows import place, publish


SECURITY_YEAR = timedelta(days=364)  # RFC 9116 recommends less than a year


def add_sections() -> bool:
    """The front page as a draft, and the sections; returns whether the front page is new."""
    data = load("site")
    home = HomePage.objects.first()
    is_new = home is None
    if home is None:
        record = data["home"]
        home = HomePage(slug=record["slug"], title=zh(record["title"]), standfirst=zh(record["standfirst"]))
        _take_over_site(home)
    for record in data["indexes"]:
        model = apps.get_model(record["type"])
        if not model.objects.exists():
            page = model(
                slug=record["slug"], title=zh(record["title"]), standfirst=zh(record["standfirst"]), show_in_menus=True
            )
            publish(place(home, page), record)
    return is_new


def _take_over_site(home: HomePage) -> None:
    """Put our front page where Wagtail has its welcome page, at the address of the settings."""
    root = BasePage.objects.get(depth=1)
    welcome = root.get_children().filter(slug=home.slug).first()
    if welcome:  # deleting it now would delete the site with it
        BasePage.objects.filter(pk=welcome.pk).update(slug="welcome")
    place(root, home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.hostname in ("", "localhost"):
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = address.hostname
        site.port = address.port or {"http": 80, "https": 443}[address.scheme]
    site.root_page = home
    site.save()
    if welcome and not welcome.get_children().exists():
        BasePage.objects.get(pk=welcome.pk).delete()


def add_about() -> None:
    record = load("site")["about"]
    home = HomePage.objects.get()
    if StandardPage.objects.child_of(home).filter(slug=record["slug"]).exists():
        return
    page = StandardPage(slug=record["slug"], title=zh(record["title"]), standfirst=zh(record["standfirst"]))
    page.picture = images.find(record["slug"])
    page.body = stream(record["slug"], record["body"])
    publish(place(home, page), record)


def publish_home() -> None:
    """Called last, when there is a story to lead with."""
    record = load("site")["home"]
    home = HomePage.objects.get()
    home.body = stream(record["slug"], record["body"])
    publish(home, record)


def add_settings() -> None:
    site = Site.objects.get(is_default_site=True)
    if not PortalSettings.objects.filter(site=site).exists():
        record = load("site")["portal"]
        portal = PortalSettings(site=site, **{name: zh(text) for name, text in record.items()})
        portal.security_contact = f"/{load('site')['about']['slug']}/"
        portal.security_expires = timezone.localdate() + SECURITY_YEAR
        portal.save()
        translate(portal, record)
