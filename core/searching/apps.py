"""The search app, installed in the place of Wagtail's own configuration of it (INSTALLED_APPS)."""

from wagtail.search.apps import WagtailSearchAppConfig


class SearchConfig(WagtailSearchAppConfig):
    default = False

    def ready(self) -> None:
        super().ready()
        from .indexing import install

        install()
