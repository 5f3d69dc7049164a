"""Who may publish without review, and what is kept of what was published."""

import os

from django.core.exceptions import ImproperlyConfigured


def _number(name: str, text: str) -> int:
    """What no review can have is found by `manage.py check` (newsroom/checks.py)."""
    try:
        return int(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has to be a number: {text}") from error


# Commands that may, once their operator has asked for them; None lets any program do so. See core/publishing/acts.py.
REVIEW_BYPASSED_BY: frozenset[str] | None = frozenset(
    {
        "init_site",
        "seal_existing",
        "mend_stored",
        "generate_content",  # under production settings it asks for --in-production
    }
)

# Nothing goes live without the approvals that its kind needs (newsroom/rules.py).
REVIEWS_REQUIRED = True
# For each kind of content: one to five steps, and how many different people take them, at most one for each step.
_STEPS = _number("REVIEW_STEPS", os.environ.get("REVIEW_STEPS", "3"))
REVIEWS: dict[str, tuple[int, int]] = {
    "stories": (_STEPS, _number("REVIEW_PEOPLE", os.environ.get("REVIEW_PEOPLE", str(min(3, _STEPS))))),
    "figures": (1, 1),
    "pages": (1, 1),
}
# What is of which kind, with what is derived from it; every other page is of "pages".
REVIEWED_AS = {"news.storypage": "stories", "metrics.metric": "figures", "metrics.observation": "figures"}
URGENT_REVIEWED_WITHIN = 24  # hours, for the reviews of what one final reviewer published at once
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "newsroom.finishing.publish_reviewed"

KEEPS_RECORD = True
# Whether the warnings of the list “Before publishing” need a tick with a reason. See core/publishing/ticks.py.
ASKS_FOR_TICKS = True
# Warnings that are only said here: short news often has none of these, and reasons that are typed by habit say nothing.
CHECKS_ONLY_SAID = frozenset(
    {"news.lead-picture", "news.byline", "news.topic", "news.notice-number", "news.notice-date"}
)
# A folder for the record of each day as a file, written by run_scheduler; best on another machine. None are written without.
RECORD_DIR = os.environ.get("RECORD_DIR", "")
