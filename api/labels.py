"""Texts of the page about the API, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def lists() -> list[tuple[str, str, str]]:
    """(last part of the address, name, what is in it)."""
    return [
        ("stories", pgettext("data", "Stories"), _("Features, news and notices, newest first.")),
        ("schools", pgettext("data", "Schools"), _("Schools, campuses and institutions.")),
        ("programmes", pgettext("data", "Programmes"), _("Plans, reforms and projects.")),
        ("metrics", pgettext("data", "Metrics"), _("What is measured, with its definition and unit.")),
        (
            "observations",
            pgettext("data", "Observations"),
            _("The figures themselves: value, unit, period, subject, source."),
        ),
    ]
