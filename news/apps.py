from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from metrics.mentions import register_finder

        from . import checklist, metadata, self_check, time_checks  # noqa: F401
        from .links import connect
        from .mentions import find_mentions

        connect()
        register_finder(find_mentions)
