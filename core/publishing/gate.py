"""What must be complete before it goes to readers, whether by button, bulk action, schedule, command or the admin's API.

Wagtail's forms validate what is published with a button, and nothing else does. Here the check is in the act of
publishing that all of them come to (`ways`), before anything is written. Rules about what an object says register with
`publish_rule`, or as checks of the level ERROR (`checklist`); rules about who agreed to an act with `acts.register_rule`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import AbstractPage

from ..languages import PROVISIONED, column, translated_fields
from ..models.mixins import KEYS_OF_THE_OBJECT
from .acts import NotPublishable
from .checklist import Finding, Level, findings_for, publish_check


Rule = Callable[[models.Model], None]

_PLACE_IN_TREE = frozenset(("path", "depth", "numchild", "url_path", "content_type", "locale", "draft_title"))
_rules: list[Rule] = []


def publish_rule(rule: Rule) -> Rule:
    """Decorate a function that raises ValidationError for what must not go live."""
    _rules.append(rule)
    return rule


def check(obj: models.Model) -> None:
    """Raise NotPublishable, with all that is wrong, if the object must not go live as it is."""
    if errors := findings_for(obj, Level.ERROR):
        raise NotPublishable([each.message for each in errors])


@publish_check("core.complete", models.Model, Level.ERROR)
def check_complete(obj: models.Model) -> Iterator[Finding]:
    """What is lacking or has a wrong form, each with its place in the form; a field is named once, with what is wrong first."""
    named: set[str] = set()
    for rule in (_whole, _blocks, _own_rules, *_rules):
        found = list(_wrong(obj, rule))
        yield from (each for name, each in found if name == NON_FIELD_ERRORS or name not in named)
        named |= {name for name, _each in found}


def _wrong(obj: models.Model, rule: Rule) -> Iterator[tuple[str, Finding]]:
    """(name of a field, what is wrong with it)."""
    try:
        rule(obj)
    except _Incomplete as error:
        for name, place, message in error.problems:
            yield name, Finding(f"{_label(obj, name)}{message}", place)
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in fields.items():
            place = "" if name == NON_FIELD_ERRORS else name
            yield from ((name, Finding(f"{_label(obj, name)}{message}", place)) for message in messages)


def _whole(obj: models.Model) -> None:
    """What Django asks for: required fields, formats, uniqueness, the model's own `clean`. A page that is being written
    for the first time has no place in the tree yet, and its address follows from its title."""
    if isinstance(obj, AbstractPage) and obj._state.adding:
        obj.clean_fields(exclude={"slug", *_PLACE_IN_TREE})
    elif isinstance(obj, AbstractPage):
        obj.full_clean(exclude=KEYS_OF_THE_OBJECT | _PLACE_IN_TREE)  # each would be a query, and nobody writes them
    else:
        obj.full_clean()


def _own_rules(obj: models.Model) -> None:
    if rules := getattr(obj, "clean_for_publishing", None):
        rules()


class _Incomplete(Exception):
    """`problems` are (field, content path, message)."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self.problems = problems


def _blocks(obj: models.Model) -> None:
    """Required children of blocks: only the edit form asks for them."""
    problems = []
    for field in obj._meta.get_fields():
        value = getattr(obj, field.name, None) if hasattr(field, "stream_block") else None
        if isinstance(value, StreamValue) and field.name in _source_fields(obj):
            for number, child in enumerate(value, 1):
                try:
                    child.block.clean(child.value)
                except ValidationError as error:
                    told = list(_messages(error, f"{field.name}.{child.id}", child.value))
                    place = told[0][0] if told else f"{field.name}.{child.id}"
                    problems.append((field.name, place, _block_message(number, child, told)))
    if problems:
        raise _Incomplete(problems)


def _source_fields(obj: models.Model) -> set[str]:
    """Fields that editors fill: the plain ones, not each language's column."""
    columns = {column(name, code) for name in translated_fields(type(obj)) for code in PROVISIONED}
    return {field.name for field in obj._meta.get_fields()} - columns


def _block_message(number: int, child: Any, told: list[tuple[str, str]]) -> str:
    return _("Block {number} ({kind}) is not complete: {problems}").format(
        number=number, kind=child.block.label, problems=" ".join(dict.fromkeys(message for _place, message in told))
    )


def _messages(error: ValidationError, place: str, value: Any) -> Iterator[tuple[str, str]]:
    """(content path, message) of a block's error, however deep it is."""
    inner = getattr(error, "block_errors", None)
    if not inner:
        yield from ((place, message) for message in error.messages)
        return
    for name, each in inner.items() if isinstance(inner, dict) else enumerate(inner):
        if each is not None:
            child = _child(value, name)
            step = getattr(child, "id", None) or name
            yield from _messages(each, f"{place}.{step}", getattr(child, "value", child))


def _child(value: Any, name: Any) -> Any:
    """What stands at this name or number in a block's value; None if nothing does."""
    try:
        return value.bound_blocks[name] if hasattr(value, "bound_blocks") else value[name]
    except (IndexError, KeyError, TypeError):
        return None


def _label(obj: models.Model, name: str) -> str:
    """What stands before a message: the name of its field, if it has one."""
    if name == NON_FIELD_ERRORS:
        return ""
    field = next((each for each in obj._meta.get_fields() if each.name == name), None)
    return f"{capfirst(str(getattr(field, 'verbose_name', name)))}: "
