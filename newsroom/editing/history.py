"""The history of a page names the steps of its reviews: in the reader's language, though it has them as they are stored."""

from copy import copy
from typing import Any

from wagtail.log_actions import LogActionRegistry

from ..reviewing.kinds import shown


OF_WORKFLOWS = "wagtail.workflow."


def name_steps(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`, after Wagtail's own."""
    for action, formatter in actions.formatters.items():
        if action.startswith(OF_WORKFLOWS):
            _translate(formatter)


def _translate(formatter: Any) -> None:
    stock = formatter.format_message

    def format_message(log_entry: Any) -> str:
        entry = copy(log_entry)
        entry.data = _shown(log_entry.data)
        return str(stock(entry))

    formatter.format_message = format_message


def _shown(value: Any) -> Any:
    """Every title in it, of a workflow, of a step and of the next."""
    if not isinstance(value, dict):
        return value
    return {
        name: shown(each) if name == "title" and isinstance(each, str) else _shown(each) for name, each in value.items()
    }
