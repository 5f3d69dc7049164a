from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from metrics.citing import register_finder

        from . import checklist, metadata, self_check  # noqa: F401
        from .citing import find_sentences
        from .links import connect

        connect()
        register_finder(find_sentences)
