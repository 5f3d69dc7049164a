from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from core import roles
        from core.publishing import acts, canonical, schedule, ticks

        from . import checks, rules, self_check, unticked  # noqa: F401
        from .damage import checks as of_damage  # noqa: F401
        from .editing import actions, locking, panel
        from .editing import files as files_of_readers
        from .imports import forgetting
        from .record import files, recording
        from .reviewing import content, reminding, sync, telling, watching, workflows
        from .statements import comparing, storing  # noqa: F401
        from .style import checks as of_style  # noqa: F401
        from .sums import checks as of_sums  # noqa: F401
        from .withdrawing import acts as withdrawals
        from .withdrawing import privacy
        from .withdrawing import rules as of_withdrawal

        content.read_with(canonical.contents)
        workflows.install()
        roles.synced.connect(sync.sync, dispatch_uid="newsroom.workflows")
        post_migrate.connect(sync.say_what_is_to_be_done, sender=self, dispatch_uid="newsroom.workflows")
        acts.register_rule(of_withdrawal.check)
        acts.register_rule(rules.approved)
        ticks.register_exemption(unticked.is_answered_for)
        acts.register_recorder(withdrawals.end)
        acts.register_recorder(recording.record)  # the last: everybody waits for it
        recording.connect()
        actions.install()
        locking.install()
        files_of_readers.install()
        privacy.install()
        panel.show_beside_forms()
        storing.connect()
        watching.connect()
        telling.connect()
        schedule.scheduled_job(files.write_days)
        schedule.scheduled_job(forgetting.forget_old)
        schedule.scheduled_job(reminding.remind)
