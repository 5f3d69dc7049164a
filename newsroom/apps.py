from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from core.publishing import acts, schedule

        from .record import files, recording
        from .withdrawing import acts as withdrawals
        from .withdrawing import rules

        acts.register_rule(rules.check)
        acts.register_recorder(withdrawals.end)
        acts.register_recorder(recording.record)  # the last: everybody waits for it
        recording.connect()
        schedule.scheduled_job(files.write_days)
