"""What the history of a page or another object says of the translators' desk."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter


ACTIONS = {
    "languages.publish": (_("Publish translation"), _("Translation published")),
    "languages.not_published": (_("Publish translation"), _("Translation could not be published")),
    "languages.withdraw": (_("Withdraw translation"), _("Translation withdrawn")),
    "languages.roll_back": (_("Roll translation back"), _("Translation rolled back")),
    "languages.import": (_("Import translation"), _("Translation imported")),
    "languages.release": (_("Release draft for translation"), _("Draft released for translation")),
}


class Dismissed(LogFormatter):
    label = _("Dismiss an error of a translation")

    def format_message(self, log_entry: Any) -> str:
        said = gettext("%(language)s: dismissed “%(finding)s” (%(segment)s): %(reason)s")
        return said % _finding_of(log_entry.data)


class TakenBack(LogFormatter):
    label = _("Take back that an error of a translation was dismissed")

    def format_message(self, log_entry: Any) -> str:
        said = gettext("%(language)s: “%(finding)s” is not dismissed any more (%(segment)s)")
        return said % _finding_of(log_entry.data)


class SentBack(LogFormatter):
    label = _("Send translations back")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        said = ngettext(
            "%(language)s: %(number)d segment sent back: %(reason)s",
            "%(language)s: %(number)d segments sent back: %(reason)s",
            data["segments"],
        )
        return said % {"language": _name(data), "number": data["segments"], "reason": data["reason"]}


class TakenAlong(LogFormatter):
    label = _("Take along what a text cites")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        said = gettext("%(language)s: taken along, as it is cited: %(texts)s")
        return said % {"language": _name(data), "texts": gettext("、").join(data["texts"])}


FORMATS = {
    "languages.dismiss": Dismissed,
    "languages.take_back": TakenBack,
    "languages.send_back": SentBack,
    "languages.take_along": TakenAlong,
}


def register(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
    for name, formatter in FORMATS.items():
        actions.register_action(name)(formatter)


def _finding_of(data: dict[str, Any]) -> dict[str, str]:
    """What a finding says, in the language of whoever reads the history."""
    finding = gettext(data["text"]) % data["values"]
    return {"language": _name(data), "finding": finding, "segment": data["segment"], "reason": data.get("reason", "")}


def _name(data: dict[str, Any]) -> str:
    return str(dict(settings.LANGUAGES).get(data["language"], data["language"]))
