from modeltranslation.translator import TranslationOptions, register

from core.translation import PageOptions

from .models import (
    Contributor,
    HomePage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
    Topic,
)


@register(HomePage)
class HomePageOptions(PageOptions):
    fields = ("body",)


@register([StoryIndexPage, ProgrammeIndexPage])
class IndexOptions(PageOptions):
    fields = ()


@register(StandardPage)
class StandardPageOptions(PageOptions):
    fields = ("body",)


@register(StoryPage)
class StoryPageOptions(PageOptions):
    fields = ("kicker", "subtitle", "picture_caption", "picture_alt", "body", "credit_line", "correction")


@register(ProgrammePage)
class ProgrammePageOptions(PageOptions):
    fields = ("period_note", "parts", "targets", "body")


@register(Topic)
class TopicOptions(TranslationOptions):
    fields = ("name", "description")


@register(Contributor)
class ContributorOptions(TranslationOptions):
    fields = ("name",)
