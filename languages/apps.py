from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "languages"

    def ready(self) -> None:
        from core.publishing import projection, schedule

        from . import provision, signals  # noqa: F401 (a system check)
        from .desk.corrections import corrections
        from .publishing import checklist  # noqa: F401
        from .publishing.schedule import publish_scheduled_translations
        from .publishing.token_words import marked

        signals.connect()
        projection.corrections.append(corrections)
        projection.markers.append(marked)
        schedule.scheduled_job(publish_scheduled_translations)
