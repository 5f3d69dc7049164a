"""A live page is not hidden instead of being withdrawn: readers are told why it is gone, and the record says who did it."""

from typing import Any

from django.conf import settings
from wagtail.models import PagePermissionTester


def install() -> None:
    stock = PagePermissionTester.can_set_view_restrictions

    def can_set_view_restrictions(tester: Any) -> bool:
        return bool(stock(tester)) and not (settings.REVIEWS_REQUIRED and _hides_what_is_live(tester.page))

    PagePermissionTester.can_set_view_restrictions = can_set_view_restrictions


def _hides_what_is_live(page: Any) -> bool:
    """What is restricted already may be opened, or restricted otherwise."""
    is_live = page.live or (page.numchild and page.get_descendants().live().exists())
    return bool(is_live) and not page.view_restrictions.exists()
