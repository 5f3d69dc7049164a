"""Every way in for rich text, and every way out: only what the editor makes (core/text/markup.py says what that is).

Wagtail holds a rich text of a body as `RichText`, which pages, previews and the editor's form all read; the editor turns
it into its own format in one converter, and the database is given it by two kinds of fields. A link that leads
elsewhere than it says is refused with an error where somebody types it, and left out everywhere else.
"""

from copy import copy
from functools import cache, singledispatch
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.error import ExporterException
from wagtail import blocks
from wagtail.admin.forms.choosers import URLOrAbsolutePathValidator
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText, features

from .text.cleaning import clean
from .text.links import is_plain, is_plain_or_short
from .text.markup import Rules, addresses, clean_markup, rules_of


@cache
def rules() -> Rules:
    """What writers may use inside a paragraph, from the settings."""
    features.get_link_types()  # has Wagtail ask the apps for their features
    return rules_of(settings.WAGTAILADMIN_RICH_TEXT_EDITORS["default"]["OPTIONS"]["features"])


def cleaned(html: str) -> str:
    return clean_markup(html, rules())


def check_links(html: str) -> None:
    """Raises ValidationError for a link that leads elsewhere than it says."""
    for address in addresses(html):
        if not is_plain(address.strip()):
            raise ValidationError(
                _("A link may not lead to “%(address)s”. Write https://… for another site, /… for a page of this one."),
                params={"address": address},
            )


def cleaned_blocks(block: blocks.Block, raw: Any) -> Any:
    """The stored form of a block, with every rich text in it cleaned; what is not of the block's kind stays."""
    return _cleaned(block, raw) if block is not None and raw else raw


@singledispatch
def _cleaned(block: blocks.Block, raw: Any) -> Any:
    return raw


@_cleaned.register
def _rich_text(block: blocks.RichTextBlock, raw: Any) -> Any:
    return cleaned(raw) if isinstance(raw, str) else raw


@_cleaned.register
def _struct(block: blocks.BaseStructBlock, raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    return {name: cleaned_blocks(block.child_blocks.get(name), each) for name, each in raw.items()}


@_cleaned.register
def _stream(block: blocks.BaseStreamBlock, raw: Any) -> Any:
    return [_with_value(each, block.child_blocks.get(each["type"])) for each in raw] if _are_items(raw) else raw


@_cleaned.register
def _list(block: blocks.ListBlock, raw: Any) -> Any:
    if not isinstance(raw, list):
        return raw
    child = block.child_block
    return [
        _with_value(each, child) if block._item_is_in_block_format(each) else cleaned_blocks(child, each)
        for each in raw
    ]


@_cleaned.register
def _table(block: BaseTypedTableBlock, raw: Any) -> Any:
    if not isinstance(raw, dict) or not raw.get("columns"):
        return raw
    kinds = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
    rows = [
        {**row, "values": [cleaned_blocks(kind, each) for kind, each in zip(kinds, row["values"], strict=False)]}
        for row in raw["rows"]
    ]
    return {**raw, "rows": rows}


def _are_items(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(each, dict) and "type" in each for each in raw)


def _with_value(item: dict[str, Any], child: Any) -> dict[str, Any]:
    return {**item, "value": cleaned_blocks(child, item.get("value"))}


# Installing --------------------------------------------------------------------------------------


def install() -> None:
    """Once, before anything is read."""
    _clean_what_is_read()
    _refuse_what_is_no_text()
    _clean_what_is_stored()
    _refuse_links()
    _refuse_addresses()
    _lead_nowhere_else()


def _clean_what_is_read() -> None:
    """`typed` is what was there before it was cleaned, for the check of its links.

    Wagtail reads with one parser for all that edit, which mixes their texts up when two forms are made at a time: each
    reading has a parser of its own.
    """
    stock_init, stock_convert = RichText.__init__, ContentstateConverter.from_database_format

    def __init__(value: RichText, source: str | None) -> None:  # noqa: N807 (it becomes the method of this name)
        stock_init(value, source)
        value.typed, value.source = value.source, cleaned(value.source)

    def from_database_format(converter: ContentstateConverter, html: str) -> str:
        own = copy(converter)
        own.html_to_contentstate_handler = copy(converter.html_to_contentstate_handler)
        return stock_convert(own, cleaned(html))

    RichText.__init__ = __init__
    ContentstateConverter.from_database_format = from_database_format


def _refuse_what_is_no_text() -> None:
    """Forms send a text as the editor's JSON. What has another shape was not written with it: 400."""
    stock = ContentstateConverter.to_database_format

    def to_database_format(converter: ContentstateConverter, typed: str) -> str:
        try:
            return stock(converter, typed)
        except (AttributeError, ExporterException, LookupError, TypeError, ValueError) as error:
            raise BadRequest("This is no text of the editor's.") from error

    ContentstateConverter.to_database_format = to_database_format


def _clean_what_is_stored() -> None:
    stock_stream, stock_text = StreamField.get_prep_value, RichTextField.get_prep_value

    def stream(field: StreamField, value: Any) -> Any:
        return cleaned_blocks(field.stream_block, stock_stream(field, value))

    def text(field: RichTextField, value: Any) -> Any:
        found = stock_text(field, value)
        return cleaned(found) if isinstance(found, str) else found

    StreamField.get_prep_value = stream
    RichTextField.get_prep_value = text


def _refuse_links() -> None:
    stock = blocks.RichTextBlock.clean

    def clean_block(block: blocks.RichTextBlock, value: RichText) -> RichText:
        check_links(value.typed)
        return stock(block, value)

    blocks.RichTextBlock.clean = clean_block
    RichTextField.default_validators = [*RichTextField.default_validators, check_links]


def _refuse_addresses() -> None:
    """Django makes https://host of //host, https:host and https:///host, and so hides where they lead."""
    stock = forms.URLField.to_python

    def to_python(field: forms.URLField, value: Any) -> Any:
        typed = clean(value).strip() if isinstance(value, str) else ""
        if typed and not is_plain_or_short(typed):
            raise ValidationError(_("Write the whole address, such as https://www.example.org/."), code="invalid")
        return stock(field, value)

    forms.URLField.to_python = to_python
    # In the dialogue for links, which takes what begins with / as a page of this site.
    URLOrAbsolutePathValidator.is_absolute_path = staticmethod(
        lambda value: bool(value) and value.startswith("/") and is_plain(value.strip())
    )


def _lead_nowhere_else() -> None:
    """A redirect that was stored by another way than its form leads nowhere instead."""
    stock = Redirect.link.func

    def link(redirect: Redirect) -> str | None:
        found = stock(redirect)
        return found if found and is_plain(found) else None

    Redirect.link = cached_property(link)
    Redirect.link.__set_name__(Redirect, "link")
