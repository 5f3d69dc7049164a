"""The admin in Chinese, as every role meets it: no English, and nothing that only a programmer can read."""

from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings


LACKING = Path(settings.LOCALE_PATHS[1])


def messages(folder, language, domain):
    """(context, text) of what is translated there; of the catalogue of English, of every message."""
    path = Path(folder) / language / "LC_MESSAGES" / f"{domain}.po"
    entries = polib.pofile(str(path)) if path.exists() else ()
    return {(entry.msgctxt, entry.msgid) for entry in entries if language == "en" or entry.translated()}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_wagtails_chinese_lacks_is_supplied(domain):
    supplied = messages(LACKING, "zh_Hans", domain)
    for app in apps.get_app_configs():
        folder = Path(app.module.__path__[0]) / "locale"
        if app.module.__name__.startswith("wagtail"):
            assert messages(folder, "en", domain) - messages(folder, "zh_Hans", domain) <= supplied, app.name
