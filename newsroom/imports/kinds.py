"""Kinds of parts: what they are called, and the letter of each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..importing.story import Kind


LABELS: dict[Kind, Promise] = {
    Kind.KICKER: _("Kicker"),
    Kind.TITLE: _("Title"),
    Kind.SUBTITLE: _("Subtitle"),
    Kind.STANDFIRST: _("Standfirst"),
    Kind.BYLINE: _("Byline"),
    Kind.HEADING: _("Section heading"),
    Kind.SUBHEADING: _("Second line of a heading"),
    Kind.TEXT: _("Paragraph"),
    Kind.LIST: pgettext_lazy("import", "List"),
    Kind.TABLE: _("Table"),
    Kind.PICTURE: _("Picture"),
    Kind.LEAD: _("Lead picture"),
    Kind.CAPTION: _("Caption"),
    Kind.CREDIT: _("Credit of all pictures"),
    Kind.QUOTE: _("Pull quote"),
    Kind.ASIDE: _("Aside"),
    Kind.NOTE: _("Note"),
    Kind.LEFT_OUT: pgettext_lazy("part of a file", "Left out"),
}
LETTERS: dict[Kind, str] = {
    Kind.KICKER: "i",
    Kind.TITLE: "t",
    Kind.SUBTITLE: "u",
    Kind.STANDFIRST: "f",
    Kind.BYLINE: "b",
    Kind.HEADING: "h",
    Kind.SUBHEADING: "g",
    Kind.TEXT: "p",
    Kind.LIST: "l",
    Kind.TABLE: "a",
    Kind.PICTURE: "o",
    Kind.LEAD: "v",
    Kind.CAPTION: "c",
    Kind.CREDIT: "r",
    Kind.QUOTE: "q",
    Kind.ASIDE: "e",
    Kind.NOTE: "n",
    Kind.LEFT_OUT: "d",
}
MOVES = {"next": "j", "previous": "k", "split": "s", "join": "m"}
