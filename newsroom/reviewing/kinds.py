"""Kinds of content and how they are reviewed: settings say the steps, the table of roles says by whom."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
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
    """Raises ValueError for numbers that no review can have."""
    steps, people = settings.REVIEWS[kind]
    if not 1 <= people <= steps <= MOST_STEPS:
        raise ValueError(f"A review has 1 to {MOST_STEPS} steps, and no more people: REVIEWS['{kind}'].")
    return Needs(kind, steps, people)


def kind_of(model: type[models.Model]) -> str:
    """The kind of content of a model; "" of what needs no review."""
    known = settings.REVIEWED_AS.get(model._meta.label_lower, "")
    return known or (PAGES if issubclass(model, BasePage) else "")


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
