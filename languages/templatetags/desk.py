"""Tags of the translators' desk."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString

from core.notices import mentions
from core.text.differences import Piece

from ..models import Comment


MARKS = {"gone": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """How one text became another: what went and what came are marked, and no blank comes between the pieces."""
    marks = (format_html_join("", MARKS[kind], ((strip_tags(text),),)) for kind, text in pieces)
    return format_html_join("", "{}", ((mark,) for mark in marks))


@register.filter
def said(comment: Comment, reader: Any) -> SafeString:
    """What a comment says: mentions are set apart, those of the reader once more."""
    return linebreaksbr(mentions.marked(comment.text, comment.mentions, reader))
