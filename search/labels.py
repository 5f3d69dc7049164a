"""Words of the search page that are made in Python."""

from django.utils.translation import pgettext


def example_labels() -> list[str]:
    """The ways to search that the page gives examples of."""
    return [
        pgettext("search", "By name"),
        pgettext("search", "By pinyin or initials"),
        pgettext("search", "By number"),
    ]
