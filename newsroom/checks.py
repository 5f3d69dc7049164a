"""Whether the settings of reviews can hold: `manage.py check` says which do not."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .reviewing.kinds import MOST_STEPS, WORKFLOWS, needs


@register
def check_reviews_can_be_made(**_kwargs: Any) -> list[CheckMessage]:
    """Of each kind: 1 to 5 steps, and no more people than steps, since each step is the word of one. The portal goes on with the
    nearest that can be."""
    return [
        Error(
            f"REVIEWS asks for {people} people in {steps} steps for “{kind}”: a review has 1 to {MOST_STEPS} steps, and at least"
            f" one and at most as many people as steps. Until then it is {needs(kind).people} in {needs(kind).steps}.",
            hint="Set REVIEW_STEPS and REVIEW_PEOPLE together, and run `manage.py sync_roles`."
            if kind == "stories"
            else None,
            id="newsroom.E001",
        )
        for kind, (steps, people) in settings.REVIEWS.items()
        if (needs(kind).steps, needs(kind).people) != (steps, people)
    ]


@register
def check_all_has_a_kind(**_kwargs: Any) -> list[CheckMessage]:
    """REVIEWS names every kind, and REVIEWED_AS models that there are."""
    lacking = [f"REVIEWS says nothing of “{kind}”." for kind in WORKFLOWS if kind not in settings.REVIEWS]
    models = {model._meta.label_lower for model in apps.get_models()}
    wrong = [
        f"REVIEWED_AS: “{label}” is no model, or “{kind}” no kind of content."
        for label, kind in settings.REVIEWED_AS.items()
        if label not in models or kind not in WORKFLOWS
    ]
    return [Error(each, id="newsroom.E002") for each in [*lacking, *wrong]]
