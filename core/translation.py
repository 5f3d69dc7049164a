from modeltranslation.translator import TranslationOptions, register

from .models import BasePage, PortalImage, PortalSettings, SiteNotice


class PageOptions(TranslationOptions):
    """A page is in a language as a whole or not at all: its fields do not fall back one by one."""

    fallback_languages = {"default": ()}


@register(BasePage)
class BasePageOptions(PageOptions):
    fields = ("title", "standfirst", "seo_title", "search_description")


@register(PortalImage)
class PortalImageOptions(TranslationOptions):
    fields = ("description", "credit")


@register(PortalSettings)
class PortalSettingsOptions(TranslationOptions):
    fields = ("name", "tagline", "organiser", "operator", "contact", "copyright", "licence_name")


@register(SiteNotice)
class SiteNoticeOptions(TranslationOptions):
    fields = ("text",)
