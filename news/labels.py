"""Texts of feeds and lists, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.text.fallback import filled


def feed_title(name: str = "") -> str:
    """The name of a feed: of all stories, or of those about one thing."""
    return filled(_("Stories: {name}"), {"name": name}) if name else _("All stories")


def newest_heading() -> str:
    return _("Newest stories")


def facet_labels() -> dict[str, str]:
    """What each facet of the list of stories is called."""
    return {
        "kind": pgettext("story", "Kind"),
        "topic": _("Topic"),
        "school": pgettext("facet", "School"),
        "programme": _("Programme"),
        "year": _("Year"),
    }
