from modeltranslation.translator import TranslationOptions, register

from core.translation import PageOptions

from .models import Honour, Organisation, SchoolGroup, SchoolIndexPage, SchoolPage, SchoolZone, Town


@register(SchoolIndexPage)
class SchoolIndexPageOptions(PageOptions):
    fields = ()


@register(SchoolPage)
class SchoolPageOptions(PageOptions):
    fields = (
        "official_name",
        "status_note",
        "area",
        "place_note",
        "opened_note",
        "philosophy",
        "body",
        "catchment",
        "catchment_source",
        "address",
    )


@register(Town)
class TownOptions(TranslationOptions):
    fields = ("name",)


@register([SchoolZone, SchoolGroup])
class GroupingOptions(TranslationOptions):
    fields = ("name", "note")


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    fields = ("name", "role")


@register(Honour)
class HonourOptions(TranslationOptions):
    fields = ("name", "evidence", "note")
