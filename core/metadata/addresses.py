"""The address of a page or of a view in a language, without asking the database."""

from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from ..languages import SOURCE
from ..models import BasePage


def path_in(path: str, code: str) -> str:
    """A Chinese address in another language: ('/news/', 'en') -> '/en/news/'."""
    return path if code == SOURCE else f"/{code}{path}"


def page_path(page: BasePage, home: BasePage, code: str) -> str:
    """The address of a page below the front page in a language, without asking the database."""
    return path_in(f"/{page.url_path.removeprefix(home.url_path)}", code)


def named_path(name: str, code: str, **kwargs: Any) -> str:
    """The address of a view in a language; empty if there is no such view."""
    with override(code):
        return reverse(name, kwargs=kwargs or None)


def exists(path: str) -> bool:
    """Whether one of our own views serves this address; pages of Wagtail's tree do not count."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
