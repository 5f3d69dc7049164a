from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from core.publishing import acts, schedule

        from .record import files, recording

        acts.register_recorder(recording.record)
        recording.connect()
        schedule.scheduled_job(files.write_days)
