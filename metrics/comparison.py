"""What may be shown side by side."""

from typing import Any


MIN_POINTS = 3  # fewer points than this are figures, not a chart


def comparable(observations: list[Any]) -> list[Any]:
    """The observations that have a share of a comparator, if there are enough of them to compare; else none."""
    shares = [observation for observation in observations if observation.share is not None]
    return shares if len(shares) >= MIN_POINTS else []
