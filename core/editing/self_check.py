"""Whether the site has what portals in China must have: a list for its managers, never for readers.

Each app adds what it knows with `@self_check`. A check only reads, with a small and constant number of queries.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Site

from .. import mail
from ..caching import stamp
from ..languages import SOURCE, column, reading, source_columns
from ..metadata.facts import groups
from ..models import BasePage, Heartbeat, Language, PortalImage, PortalSettings
from ..models.pages import TOP
from ..models.site import LOCAL_NAMES


class State(Enum):
    OK = "ok"
    MISSING = "missing"
    ATTENTION = "attention"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    State.OK: gettext_lazy("Configured"),
    State.MISSING: gettext_lazy("Not configured"),
    State.ATTENTION: gettext_lazy("Needs attention"),
}


@dataclass(frozen=True)
class Finding:
    """One line of the list; `url` is where it can be corrected."""

    name: str
    state: State
    advice: str = ""
    url: str = ""


@dataclass(frozen=True)
class Checked:
    """What the checks share."""

    site: Site
    portal: PortalSettings
    pages: list[BasePage]  # the front page and what is right below it, live and public
    languages: list[Language]  # open ones that are translated into

    @property
    def settings_url(self) -> str:
        return reverse("wagtailsettings:edit", args=["core", "portalsettings", self.site.pk])

    @property
    def home(self) -> BasePage | None:
        return next((page for page in self.pages if page.pk == self.site.root_page_id), None)


Check = Callable[[Checked], Iterable[Finding]]
_checks: list[tuple[Any, Check]] = []


def self_check(group: Any) -> Callable[[Check], Check]:
    """Decorate a function that yields findings, which are shown under this heading."""

    def register(function: Check) -> Check:
        _checks.append((group, function))
        return function

    return register


def all_findings(request: HttpRequest) -> dict[str, list[Finding]]:
    """The findings under their headings; none for a request of no site."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    checked = Checked(
        site=site,
        portal=PortalSettings.for_site(site),
        pages=list(BasePage.objects.filter(depth__in=TOP).readable().order_by("path")),
        languages=[language for language in Language.objects.open() if language.code != SOURCE],
    )
    found: dict[str, list[Finding]] = {}
    with source_columns():
        for group, check in _checks:
            found.setdefault(str(group), []).extend(check(checked))
    return found


def what_is_wrong(request: HttpRequest) -> list[Finding]:
    """The findings that are not all right: as of now, or of at most five minutes ago if nothing that readers see has
    changed since. Some checks read hundreds of texts, and one asks the mail server."""
    key = f"self-check:{get_language()}:{request.get_host()}:{stamp.current()}"
    found = cache.get(key)
    if found is None:
        found = [each for group in all_findings(request).values() for each in group if each.state is not State.OK]
        cache.set(key, found, KEPT)
    return found


def judged(name: Any, wrong: bool, advice: Any, url: str = "", worst: State = State.ATTENTION) -> Finding:
    """A finding: all right, or what to do."""
    return Finding(
        capfirst(str(name)), worst if wrong else State.OK, str(advice) if wrong else "", url if wrong else ""
    )


def empty(name: str) -> models.Q:
    """Translated fields hold no Chinese, in the model or in those that it refers to."""
    chinese = column(name, SOURCE)
    return models.Q(**{chinese: ""}) | models.Q(**{f"{chinese}__isnull": True})


KEPT = 300  # seconds for which the first page of the admin shows what was found
NAMED = 10  # of many things that something is wrong with


# What the site says of itself ------------------------------------------------------------------

IDENTITY = {
    "organiser": gettext_lazy("主办单位: who is responsible for the site."),
    "operator": gettext_lazy("承办单位: who runs it, if that is somebody else."),
    "contact": gettext_lazy("联系方式: a telephone or address that is answered."),
    "site_code": gettext_lazy("网站标识码: ten digits, given to government sites only."),
    "icp_number": gettext_lazy("ICP备案号: due on every site that is served from mainland China."),
    "police_number": gettext_lazy("公安备案号: due within 30 days of going online."),
    "badge_url": gettext_lazy("党政机关网站标识: the address that conac.cn gave to this site."),
    "report_url": gettext_lazy("我为政府网站找错: due on government sites."),
    "accessibility_page": gettext_lazy("A page that says how accessible the site is and whom to tell of barriers."),
    "copyright": gettext_lazy("Who holds the rights in the texts and pictures."),
    "licence_name": gettext_lazy("Without a licence nobody knows how the figures may be used again."),
}


@self_check(gettext_lazy("What the site says of itself"))
def check_identity(checked: Checked) -> Iterator[Finding]:
    for name, advice in IDENTITY.items():
        field = PortalSettings._meta.get_field(name)
        value = getattr(checked.portal, name)
        error = _error(field, value)
        if error:
            yield Finding(capfirst(str(field.verbose_name)), State.ATTENTION, error, checked.settings_url)
        else:
            yield judged(field.verbose_name, not value, advice, checked.settings_url, State.MISSING)
    yield _accessibility_is_shown(checked)
    yield _security(checked)


def _error(field: models.Field, value: Any) -> str:
    """What is wrong with a value that was stored before it had to have this form."""
    if not value or field.is_relation:
        return ""
    try:
        field.run_validators(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _accessibility_is_shown(checked: Checked) -> Finding:
    chosen = checked.portal.accessibility_page_id
    hidden = bool(chosen) and chosen not in {page.pk for page in checked.pages}
    advice = _("The chosen page is a draft, private or not right below the front page, so readers get no link to it.")
    return judged(_("Link to the accessibility statement"), hidden, advice, checked.settings_url)


def _security(checked: Checked) -> Finding:
    portal, name = checked.portal, _("Contact for security reports")
    if not portal.security_contact:
        advice = _("Name somebody who answers; /.well-known/security.txt is not found until then.")
        return Finding(name, State.MISSING, advice, checked.settings_url)
    advice = _("The contact has expired, so /.well-known/security.txt is not found. Set a new date.")
    return judged(name, not portal.security_is_open, advice, checked.settings_url)


# Addresses -------------------------------------------------------------------------------------


@self_check(gettext_lazy("Addresses"))
def check_addresses(checked: Checked) -> Iterator[Finding]:
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    url = reverse("wagtailsites:edit", args=[checked.site.pk])
    yield judged(
        _("Address of the site"),
        (base.hostname or "") in LOCAL_NAMES or checked.site.hostname in LOCAL_NAMES,
        _("It is this machine's own. Set BASE_URL, and the host name of the site."),
        url,
        State.MISSING,
    )
    yield judged(
        _("The two addresses agree"),
        (base.hostname or "") != checked.site.hostname,
        _("BASE_URL says {base}, the site says {site}.").format(base=base.hostname, site=checked.site.hostname),
        url,
    )
    yield judged(
        _("Encrypted connection (HTTPS)"),
        base.scheme != "https",
        _("BASE_URL does not begin with https://."),
        worst=State.MISSING,
    )


# Columns and languages -------------------------------------------------------------------------


@self_check(gettext_lazy("Columns"))
def check_empty_columns(checked: Checked) -> Iterator[Finding]:
    home = checked.home
    if home is None:
        yield Finding(
            _("Front page"), State.MISSING, _("There is no public front page."), reverse("wagtailsites:index")
        )
        return
    for section in checked.pages:
        if section.show_in_menus and section.pk != home.pk:
            with reading(SOURCE):
                filled = any(links for _heading, links in groups(section, home, SOURCE))
            advice = _("There is nothing in this column. Fill it or take it out of the menu.")
            yield judged(section.title, not filled, advice, reverse("wagtailadmin_pages:edit", args=[section.pk]))


@self_check(gettext_lazy("Languages"))
def check_translations(checked: Checked) -> Iterator[Finding]:
    for language in checked.languages:
        lacking = [page.title for page in checked.pages if not page.is_in(language.code)]
        if not checked.portal.is_in(language.code):
            lacking.append(str(checked.portal._meta.verbose_name))
        advice = _("Readers see Chinese instead of: {names}.").format(names=", ".join(lacking))
        yield judged(str(language), bool(lacking), advice)


@self_check(gettext_lazy("Pictures"))
def check_pictures(checked: Checked) -> Iterator[Finding]:
    """One query, and one for the names of pictures that something is wrong with."""
    url = reverse("wagtailimages:index")
    counts = PortalImage.objects.aggregate(
        bare=models.Count("pk", filter=empty("description")),
        lacking=models.Count("pk", filter=models.Q(lacks_sizes=True)),
    )
    advice = _("{count} pictures have no description for those who do not see them.").format(count=counts["bare"])
    yield judged(_("Descriptions of pictures"), counts["bare"] > 0, advice, url)
    yield judged(_("Sizes of pictures"), counts["lacking"] > 0, _lacking() if counts["lacking"] else "", url)


def _lacking() -> str:
    titles = PortalImage.objects.filter(lacks_sizes=True).order_by("pk").values_list("title", flat=True)[:NAMED]
    advice = _("Readers do not see these, or not in every size: put another file in their place. {names}")
    return advice.format(names="、".join(titles))


# What runs beside the site ---------------------------------------------------------------------


@self_check(gettext_lazy("What runs beside the site"))
def check_programs(checked: Checked) -> Iterator[Finding]:
    yield judged(
        _("Scheduler"),
        not Heartbeat.is_alive("scheduler"),
        _("It does not run, so nothing that is scheduled goes live: start `manage.py run_scheduler`."),
    )
    if not mail.is_set_up():
        advice = _("Mail is printed to the log only. Set EMAIL_URL, so that notices and lost passwords reach people.")
        yield Finding(_("Mail"), State.MISSING, advice)
    else:
        advice = _("The server that EMAIL_URL names does not answer. Notices are lost until it does; the log has why.")
        yield judged(_("Mail"), not mail.answers(), advice)
