"""Who may take a step: those whose it is, who neither wrote the text nor took another step where each needs its own person."""

from typing import Any

from django.contrib.auth import get_user_model

from ..models import ReviewState


def takers(state: ReviewState) -> list[Any]:
    """Those people, by their usernames."""
    people = get_user_model().objects.filter(pk__in=state.reviewers - state.wrote_it(), is_active=True)
    approved = list(state.approved())
    return [each for each in people.order_by("username") if not state.why_not_again(each, approved)]
