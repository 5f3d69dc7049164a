import re
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath, get_site_for_hostname

from .. import validators
from ..caching.kept import KeptValues, is_on, kept
from ..languages import target_columns
from ..queries.narrow import whole_reads
from ..text.traditional import Standard
from .mixins import TranslatedMixin
from .notices import SiteNotice


POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
LOCAL_NAMES = {"", "localhost", "127.0.0.1", "::1", "[::1]"}  # of hosts: every machine has them for itself
SECTION_DEPTH = 3  # pages right below the front page are known on every page


@register_setting(icon="site")
class PortalSettings(TranslatedMixin, BaseSiteSetting):
    """What the whole portal says of itself. What is not set is left out of the page, never made up."""

    name = models.CharField(_("name of the portal"), max_length=60, default="江津教育")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    organiser = models.CharField(_("organiser"), max_length=120, blank=True, help_text=_("主办单位"))
    operator = models.CharField(_("operator"), max_length=120, blank=True, help_text=_("承办单位"))
    contact = models.CharField(_("contact"), max_length=200, blank=True, help_text=_("联系方式"))
    site_code = models.CharField(
        _("government site code"),
        max_length=10,
        blank=True,
        validators=[validators.site_code],
        help_text=_("网站标识码"),
    )
    icp_number = models.CharField(
        _("ICP filing number"), max_length=60, blank=True, validators=[validators.icp_number], help_text=_("ICP备案号")
    )
    police_number = models.CharField(
        _("police filing number"),
        max_length=60,
        blank=True,
        validators=[validators.police_number],
        help_text=_("公安备案号"),
    )
    badge_url = models.URLField(
        _("address of the government site badge"),
        blank=True,
        validators=[validators.https_address],
        help_text=_("党政机关网站标识: https://bszs.conac.cn/sitename?method=show&id=…"),
    )
    report_url = models.URLField(
        _("address for reporting errors"),
        blank=True,
        validators=[validators.https_address],
        help_text=_("我为政府网站找错: https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=…"),
    )
    accessibility_page = models.ForeignKey(
        "core.BasePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accessibility statement"),
        help_text=_("A page right below the front page."),
    )
    traditional_standard = models.CharField(
        _("traditional characters"),
        max_length=2,
        choices=[(Standard.HONG_KONG.value, _("as in Hong Kong")), (Standard.TAIWAN.value, _("as in Taiwan"))],
        default=Standard.HONG_KONG.value,
        help_text=_("All texts in traditional Chinese are written anew when this is changed."),
    )
    copyright = models.CharField(_("copyright line"), max_length=200, blank=True)
    licence_name = models.CharField(
        _("name of the licence"), max_length=120, blank=True, help_text=_("Under which the figures may be used again.")
    )
    licence_url = models.URLField(_("address of the licence"), blank=True, validators=[validators.https_address])
    security_contact = models.CharField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        validators=[validators.security_contact],
        help_text=_(
            "mailto:, tel:+, https:// or a page of this site, /about/. Shown at /.well-known/security.txt until it expires."
        ),
    )
    security_expires = models.DateField(_("this contact holds until"), null=True, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline")], heading=_("Masthead")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("operator")]),
                FieldPanel("contact"),
                PageChooserPanel("accessibility_page"),
                FieldPanel("copyright"),
                FieldRowPanel([FieldPanel("licence_name"), FieldPanel("licence_url")]),
            ],
            heading=_("Footer"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("badge_url"),
                FieldPanel("report_url"),
            ],
            heading=_("Registrations"),
            help_text=_("Only what the authorities have given this site. Readers see what is filled in."),
        ),
        MultiFieldPanel([FieldPanel("traditional_standard")], heading=_("Languages")),
        MultiFieldPanel([FieldPanel("security_contact"), FieldPanel("security_expires")], heading=_("Security")),
    ]

    proper_names = ("name", "organiser", "operator")

    class Meta:
        verbose_name = _("portal settings")

    @classmethod
    def base_queryset(cls) -> models.QuerySet:
        """Annotated with whether any notice is or will be shown, so that pages without one make no query for it."""
        return super().base_queryset().annotate(has_notices=models.Exists(SiteNotice.objects.not_over()))

    @classmethod
    def for_site(cls, site: Site | None) -> "PortalSettings":
        """Of a site; a copy for each request, which Wagtail notes down in it."""
        return copy(_settings_of(site))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """`is_rewritten`: other characters were chosen, so the texts that have them must be written again."""
        before = type(self)._base_manager.filter(pk=self.pk).values_list("traditional_standard", flat=True).first()
        self.is_rewritten = before not in (None, self.traditional_standard)
        if self._state.adding:
            self._leave_untranslated()
        super().save(*args, **kwargs)

    def _leave_untranslated(self) -> None:
        """modeltranslation puts a field's default into every language, as if somebody had translated it."""
        for name in target_columns(type(self)):
            if getattr(self, name) == self._meta.get_field(name).get_default():
                setattr(self, name, None)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.accessibility_page and self.accessibility_page.depth != SECTION_DEPTH:
            errors["accessibility_page"] = _("Choose a page right below the front page.")
        if self.licence_url and not self.licence_name:
            errors["licence_name"] = _("Name the licence that this address belongs to.")
        if self.security_contact and not self.security_expires:
            errors["security_expires"] = _("Say until when this contact holds.")
        if errors:
            raise ValidationError(errors)

    @property
    def police_url(self) -> str:
        """Where readers can look the police filing up."""
        return POLICE_REGISTER + "".join(re.findall(r"[0-9]", self.police_number))

    @property
    def security_is_open(self) -> bool:
        """Whether there is a contact for security reports that has not expired."""
        return bool(self.security_contact and self.security_expires and self.security_expires >= timezone.localdate())


@kept
def _settings_of(site: Site | None) -> PortalSettings:
    with whole_reads():
        return super(PortalSettings, PortalSettings).for_site(site)


@kept
def site_of(hostname: str, port: str) -> Site | None:
    """The site of a host, as Wagtail finds it; None if there is none."""
    try:
        return get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return None


def find_site(request: HttpRequest) -> Site | None:
    """The site of a request, which Wagtail then does not look for again."""
    if not hasattr(request, "_wagtail_site"):
        hostname, _port = split_domain_port(request._get_raw_host())
        request._wagtail_site = site_of(hostname, request.get_port())
    return request._wagtail_site


_roots: KeptValues[list[SiteRootPath]] = KeptValues()


def _root_paths() -> list[SiteRootPath]:
    sites = Site.objects.select_related("root_page__locale").order_by(
        "-root_page__url_path", "-is_default_site", "hostname"
    )
    return [
        SiteRootPath(site.pk, site.root_page.url_path, site.root_url, site.root_page.locale.language_code)
        for site in sites
    ]


def install() -> None:
    """Where the sites are, for readers: Wagtail keeps it for an hour in a cache that without Redis each process has for
    itself, so that the others would not learn of a change."""
    stock = Site.get_site_root_paths

    def ours() -> list[SiteRootPath]:
        return _roots.get("", lambda: _root_paths() if is_on() else stock())

    Site.get_site_root_paths = staticmethod(ours)
