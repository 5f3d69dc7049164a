"""Kinds of content and how they are reviewed: settings say the steps, the table of roles says by whom."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.roles import STAGES, reviewing_groups


STORIES, FIGURES, PAGES = "stories", "figures", "pages"
WORKFLOWS: dict[str, Promise] = {
    STORIES: _("Review of stories"),
    FIGURES: _("Review of figures"),
    PAGES: _("Review of pages"),
}
MOST_STEPS = 5


@dataclass(frozen=True)
class Needs:
    """What a kind of content needs before it goes live."""

    kind: str
    steps: int
    people: int

    def groups(self, step: int) -> list[str]:
        """Names of the groups that take this step, the first being 1."""
        return reviewing_groups(self.kind, [stage_of(step, self.steps)])

    def all_groups(self) -> list[str]:
        return reviewing_groups(self.kind, {stage_of(step, self.steps) for step in range(1, self.steps + 1)})


def needs(kind: str) -> Needs:
    """As the settings say. Of what no review can have, which `newsroom.checks` names, the nearest that one can."""
    steps, people = settings.REVIEWS[kind]
    steps = min(max(steps, 1), MOST_STEPS)
    return Needs(kind, steps, min(max(people, 1), steps))


def kind_of(model: type[models.Model]) -> str:
    """The kind of content of a model; "" of what needs no review."""
    for each in (model, *model._meta.all_parents):
        if known := settings.REVIEWED_AS.get(each._meta.label_lower, ""):
            return str(known)
    return PAGES if issubclass(model, BasePage) else ""


def needs_of(obj: models.Model) -> Needs | None:
    """None of what needs no review. A page may be at hand as a base page."""
    kind = kind_of(getattr(obj, "specific_class", None) or type(obj))
    return needs(kind) if kind else None


def stage_of(step: int, steps: int) -> str:
    """The last step is the final review, a first one the first; all between are second reviews."""
    first, second, final = STAGES
    if step == steps:
        return final
    return first if step == 1 else second


STEP_NAMES: dict[str, Promise] = {
    "first": _("First review"),
    "second": _("Second review"),
    "final": _("Final review"),
}


def name_of_step(step: int, steps: int) -> str:
    """The msgid of its name, with a number where there are several second reviews."""
    stage = stage_of(step, steps)
    name = {"first": "First review", "second": "Second review", "final": "Final review"}[stage]
    return f"{name} ({step - 1})" if stage == "second" and steps > len(STAGES) else name


def shown(stored: str) -> str:
    """The name of a step or a workflow as somebody reads it: "Second review (2)" too."""
    name, space, number = stored.partition(" (")
    return f"{gettext(name)}{space}{number}" if name else stored
