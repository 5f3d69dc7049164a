"""What is looked for by its name is found: the view of an address, the template of a page or of its part."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.urls import URLPattern, get_resolver
from wagtail.models import get_page_models


pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
ROOMS = ("api", "core", "languages", "metrics", "news", "newsroom", "schools", "search")
SHOWN_BY_DJANGO = {"404.html", "500.html"}


def named_views():
    """(name of an address, its view) of our own; a class of views stands for the function that was made of it.

    What has a namespace is made by a viewset or by the API, and named as Wagtail and Ninja do.
    """
    waiting = list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        if isinstance(each, URLPattern):
            view = getattr(each.callback, "view_class", each.callback)
            if each.name and view.__module__.split(".")[0] in ROOMS:
                yield each.name, view
        elif not each.namespace:
            waiting += each.url_patterns


def plain(name):
    """'languages_glossary_import', 'GlossaryImportView' and 'glossary-import' are one name."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.removesuffix("View")).lower().replace("-", "_")
    return words.removeprefix("languages_").removesuffix("_results")


def test_an_address_is_named_as_its_view_is():
    views = list(named_views())
    assert len(views) > 40
    assert [(name, view.__name__) for name, view in views if plain(name) != plain(view.__name__)] == []


def test_each_template_is_named_by_code_or_by_another():
    said = "\n".join(
        path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py") if "tests" not in path.parts
    )
    templates = {str(path.relative_to(ROOT / "templates")): path for path in (ROOT / "templates").rglob("*.*")}
    said += "\n".join(path.read_text() for path in templates.values())
    unnamed = {name for name in templates if f'"{name}"' not in said and f"'{name}'" not in said}
    assert unnamed - SHOWN_BY_DJANGO - {model.template for model in get_page_models()} - overrides(unnamed) == set()


def overrides(names):
    """Templates that stand in the place of Wagtail's."""
    folders = [Path(folder) for folder in engines["django"].template_dirs if "site-packages" in str(folder)]
    return {name for name in names if any((folder / name).exists() for folder in folders)}
