from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "languages"

    def ready(self) -> None:
        from core.publishing import projection

        from . import signals

        signals.connect()
        projection.corrections.append(signals.corrections)
