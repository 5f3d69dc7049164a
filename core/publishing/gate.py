"""What must be complete before it goes to readers, whether by button, bulk action, schedule, command or the admin's API.

Wagtail's forms validate what is published with a button, and nothing else does. Here the check is in the act of
publishing that all of them come to (`ways`), before anything is written. Rules about what an object says register with
`publish_rule`; rules about who agreed to an act with `acts.register_rule`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue

from ..languages import PROVISIONED, column, source_columns, translated_fields
from .acts import NotPublishable


Rule = Callable[[models.Model], None]

_rules: list[Rule] = []


def publish_rule(rule: Rule) -> Rule:
    """Decorate a function that raises ValidationError for what must not go live."""
    _rules.append(rule)
    return rule


def check(obj: models.Model) -> None:
    """Raise NotPublishable, with all that is wrong, if the object must not go live as it is."""
    with source_columns():
        errors = list(_errors(obj))
    if errors:
        raise NotPublishable(errors)


def _errors(obj: models.Model) -> Iterator[str]:
    named: set[str] = set()  # a field is named once, with what is wrong first
    for rule in (_whole, _blocks, _own_rules, *_rules):
        try:
            rule(obj)
        except ValidationError as error:
            fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, messages in fields.items():
                if name == NON_FIELD_ERRORS or name not in named:
                    yield from (f"{_label(obj, name)}{message}" for message in messages)
            named |= set(fields)


def _whole(obj: models.Model) -> None:
    """What Django asks for: required fields, formats, uniqueness, the model's own `clean`."""
    obj.full_clean()


def _own_rules(obj: models.Model) -> None:
    if rules := getattr(obj, "clean_for_publishing", None):
        rules()


def _blocks(obj: models.Model) -> None:
    """Required children of blocks: only the edit form asks for them."""
    for field in obj._meta.get_fields():
        value = getattr(obj, field.name, None) if hasattr(field, "stream_block") else None
        if isinstance(value, StreamValue) and field.name in _source_fields(obj):
            for number, child in enumerate(value, 1):
                try:
                    child.block.clean(child.value)
                except ValidationError as error:
                    raise ValidationError({field.name: _block_message(number, child, error)}) from error


def _source_fields(obj: models.Model) -> set[str]:
    """Fields that editors fill: the plain ones, not each language's column."""
    columns = {column(name, code) for name in translated_fields(type(obj)) for code in PROVISIONED}
    return {field.name for field in obj._meta.get_fields()} - columns


def _block_message(number: int, child: Any, error: ValidationError) -> str:
    return _("Block {number} ({kind}) is not complete: {problems}").format(
        number=number, kind=child.block.label, problems=" ".join(dict.fromkeys(_messages(error)))
    )


def _messages(error: ValidationError) -> Iterator[str]:
    """The messages of a block's error, however deep they are."""
    inner = getattr(error, "block_errors", None)
    if inner:
        for each in inner.values() if isinstance(inner, dict) else inner:
            if each is not None:
                yield from _messages(each)
    else:
        yield from error.messages


def _label(obj: models.Model, name: str) -> str:
    """What stands before a message: the name of its field, if it has one."""
    if name == NON_FIELD_ERRORS:
        return ""
    field = next((each for each in obj._meta.get_fields() if each.name == name), None)
    return f"{capfirst(str(getattr(field, 'verbose_name', name)))}: "
