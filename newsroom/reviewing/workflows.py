"""Which workflow a page has: that of its type, wherever it lies in the tree. What the database names in English is shown in
the language of the admin."""

from typing import Any

from django.conf import settings
from wagtail.models import Task, Workflow

from core.models import BasePage

from .kinds import kind_of, shown
from .sync import workflow_of


class Shown(str):
    """A name as it is stored, which is shown translated: "Second review (2)" too."""

    __slots__ = ()

    def __str__(self) -> str:
        return shown(str.__str__(self))


def install() -> None:
    pages: Any = BasePage
    pages.get_workflow, pages.has_workflow = _workflow, property(_has_workflow)
    for model in (Task, Workflow):
        model._meta.get_field("name").from_db_value = _shown


def _workflow(page: BasePage) -> Workflow | None:
    if not settings.WAGTAIL_WORKFLOW_ENABLED:
        return None
    return workflow_of(kind_of(page.specific_class or type(page)))


def _has_workflow(page: BasePage) -> bool:
    return _workflow(page) is not None


def _shown(value: Any, *_args: Any) -> Any:
    return Shown(value) if isinstance(value, str) else value
