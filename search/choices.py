"""Closed lists that readers see."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What can be found, in the order in which equally good results stand.

    A name most often means the thing itself: schools, programmes and figures come before the pages and stories
    about them. Stories come last because there are most of them, and among themselves the newest first.
    """

    SCHOOL = "school", pgettext_lazy("search", "Schools")
    PROGRAMME = "programme", pgettext_lazy("search", "Programmes")
    METRIC = "metric", pgettext_lazy("search", "Figures")
    PAGE = "page", pgettext_lazy("search", "Pages")
    STORY = "story", pgettext_lazy("search", "Stories")

    @property
    def one(self) -> str:
        """What one thing of the kind is called."""
        return str(_ONE[self])


_ONE = {
    Kind.SCHOOL: pgettext_lazy("search", "School"),
    Kind.PROGRAMME: pgettext_lazy("search", "Programme"),
    Kind.METRIC: pgettext_lazy("search", "Figure"),
    Kind.PAGE: pgettext_lazy("search", "Page"),
    Kind.STORY: pgettext_lazy("search", "Story"),
}
