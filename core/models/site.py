from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .mixins import TranslatedMixin


@register_setting(icon="site")
class PortalSettings(TranslatedMixin, BaseSiteSetting):
    """What the whole portal says of itself. What is not set is left out of the page, never made up."""

    name = models.CharField(_("name of the portal"), max_length=60, default="江津教育")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    organiser = models.CharField(_("organiser"), max_length=120, blank=True, help_text=_("主办单位"))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    site_code = models.CharField(_("government site code"), max_length=10, blank=True, help_text=_("网站标识码"))
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True, help_text=_("ICP备案号"))
    police_number = models.CharField(_("police filing number"), max_length=60, blank=True, help_text=_("公安备案号"))

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline")], heading=_("Masthead")),
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldPanel("contact"),
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
            ],
            heading=_("Footer"),
        ),
    ]

    class Meta:
        verbose_name = _("portal settings")
