"""How the history of a text names what is given to somebody."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from ..reviewing.workflows import Shown


def register(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""

    @actions.register_action("newsroom.review.given")
    class ReviewGiven(LogFormatter):
        label = gettext_lazy("Review given to somebody")

        def format_message(self, log_entry: Any) -> str:
            return _said(str(Shown(log_entry.data.get("step", ""))), log_entry.data)

    @actions.register_action("newsroom.translation.given")
    class TranslationGiven(LogFormatter):
        label = gettext_lazy("Translation given to somebody")

        def format_message(self, log_entry: Any) -> str:
            code = log_entry.data.get("language", "")
            return _said(str(dict(settings.LANGUAGES).get(code, code)), log_entry.data)


def _said(what: str, data: dict[str, Any]) -> str:
    """From whom to whom; a step that was nobody's was everybody's who takes it."""
    everybody = _("all who may take it")
    names = {"before": data.get("before") or everybody, "now": data.get("now") or everybody}
    return _("{what}: from {before} to {now}").format(what=what, **names)
