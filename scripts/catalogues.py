"""The gettext catalogues: where they are, how they are extracted, which of their messages the public reads."""

import os
import re
import subprocess
import sys
from pathlib import Path

import polib
from babel.messages.plurals import get_plural
from django.conf import settings
from django.utils.translation import to_locale


ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.catalogues import is_public_file  # noqa: E402


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings.test")
# English is the language of the msgids and needs no catalogue.
LANGUAGES = tuple(to_locale(code) for code, _name in settings.LANGUAGES if code != "en")
ADMIN_LANGUAGES = ("zh_Hans", "zh_Hant")
NOT_EXTRACTED = (".venv", "var", "node_modules", "tests", "scripts", "docs")


def catalogue(language, root=ROOT):
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def is_public(entry):
    """Whether a message (of polib) is read by the public, and so is due in every language."""
    return any(is_public_file(name) for name, _line in entry.occurrences)


def extract(root=ROOT):
    """Bring every catalogue below `root` in step with the code there. Needs GNU gettext."""
    for language in LANGUAGES:
        catalogue(language, root).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--no-obsolete", "--add-location=file"]
    command += [f"--locale={language}" for language in LANGUAGES]
    command += [f"--ignore={pattern}" for pattern in NOT_EXTRACTED]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "eduportal.settings.test"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"makemessages failed (is GNU gettext installed?):\n{done.stdout}{done.stderr}")
    for language in LANGUAGES:
        tidy_header(catalogue(language, root), language)
        tidy_plurals(catalogue(language, root))


def tidy_header(path, language):
    """Leave in the header what is true and lasting: no blanks to fill in, no dates that change with every extraction.

    A language that Django has no catalogue of gets the plural rule that Babel knows.
    """
    header, _, messages = path.read_text(encoding="utf-8").partition("\n\n")
    plurals = re.search(r'^"Plural-Forms: (?:.*\\n"|[^"]*"\n(?:"[^"]*"\n)*?"[^"]*\\n")$', header, flags=re.M)
    lines = ['msgid ""', 'msgstr ""', '"Project-Id-Version: eduportal\\n"', f'"Language: {language}\\n"']
    lines += [
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    is_known = plurals and "nplurals=INTEGER" not in plurals.group(0)
    lines += [plurals.group(0) if is_known else f'"Plural-Forms: {get_plural(language).plural_forms}\\n"']
    path.write_text("\n".join(lines) + "\n\n" + messages, encoding="utf-8")


def plural_forms(po):
    """How many plural forms a catalogue (of polib) declares."""
    found = re.search(r"nplurals\s*=\s*(\d+)", po.metadata.get("Plural-Forms", ""))
    return int(found.group(1)) if found else 0


def tidy_plurals(path):
    """Give every new plural as many forms as the language has: makemessages gives it two in a new catalogue."""
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        if entry.msgid_plural and not any(entry.msgstr_plural.values()):
            entry.msgstr_plural = dict.fromkeys(range(plural_forms(po)), "")
    po.save()
