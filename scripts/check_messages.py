"""`make catalogues`: the catalogues hold exactly the messages of the code, and all that people read is translated.

Public text is due in every language, admin text in Simplified and Traditional Chinese (see catalogues.py). A message
is translated when it is not fuzzy, every plural form is there, and its placeholders are those of the msgid. The
Traditional catalogue must be what fill_zh_hant.py makes of the Simplified one.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import polib
from catalogues import ADMIN_LANGUAGES, LANGUAGES, NOT_EXTRACTED, ROOT, catalogue, extract, is_public, plural_forms
from fill_zh_hant import converted, sources, traditional_path


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")
LEFT_OUT = (*NOT_EXTRACTED, ".*", "__pycache__", "static", "*.jpg", "*.png", "*.webp", "*.mo")


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text.replace("%%", "")))


def plural_problems(entry, forms):
    """Every form is there; the last one has all placeholders, the others may leave out one: the number itself."""
    texts = [entry.msgstr_plural.get(form, "") for form in range(forms)]
    if len(entry.msgstr_plural) != forms or not all(texts):
        yield f"needs {forms} plural forms"
        return
    due = placeholders(entry.msgid_plural)
    for form, text in enumerate(texts):
        found = placeholders(text)
        absent = sum((due - found).values())
        if found - due or absent > (1 if form < forms - 1 else 0):
            yield f"plural form {form} has other placeholders than the msgid"


def problems(entry, forms):
    """What keeps a message from counting as translated."""
    if entry.fuzzy:
        yield "is fuzzy"
    elif entry.msgid_plural:
        yield from plural_problems(entry, forms)
    elif not entry.msgstr:
        yield "is not translated"
    elif placeholders(entry.msgstr) != placeholders(entry.msgid):
        yield "has other placeholders than the msgid"


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def content(entries):
    return {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in entries if not entry.obsolete}


def report(language, fresh_root):
    """Everything that is wrong with one catalogue, a line each."""
    path = catalogue(language)
    if not path.exists():
        yield "does not exist: run `make messages`"
        return
    ours, fresh = polib.pofile(str(path)), polib.pofile(str(catalogue(language, fresh_root)))
    wanted, known = {key(entry): entry for entry in fresh}, {key(entry): entry for entry in ours if not entry.obsolete}
    for missing in wanted.keys() - known.keys():
        yield f"{missing[1]!r} is missing: run `make messages`"
    for entry in ours:
        if key(entry) not in wanted:
            yield f"{entry.msgid!r} is obsolete: run `make messages`"
    for identity in wanted.keys() & known.keys():
        if language in ADMIN_LANGUAGES or is_public(wanted[identity]):
            yield from (f"{identity[1]!r} {problem}" for problem in problems(known[identity], plural_forms(ours)))


def report_traditional():
    """The catalogues in Traditional Chinese that are not what the conversion makes of the Simplified ones."""
    for source in sources():
        target = traditional_path(source)
        if not target.exists() or content(converted(source)) != content(polib.pofile(str(target))):
            yield f"{target.relative_to(ROOT)}: is not what the conversion makes of zh_Hans: run `make messages`"


def report_wagtail():
    """What is wrong with the words that Wagtail lacks. tests/test_admin_chinese.py knows which those are."""
    for source in sources()[1:]:
        po = polib.pofile(str(source))
        for entry in po:
            yield from (
                f"{source.relative_to(ROOT)}: {entry.msgid!r} {each}" for each in problems(entry, plural_forms(po))
            )


def main():
    with tempfile.TemporaryDirectory(prefix="eduportal-messages-") as folder:
        fresh_root = Path(folder) / "project"
        shutil.copytree(ROOT, fresh_root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        extract(fresh_root)
        lines = [
            f"locale/{language}: {line}" for language in LANGUAGES for line in sorted(report(language, fresh_root))
        ]
    lines += [*report_wagtail(), *report_traditional()]
    print("\n".join(lines) or "The catalogues are current and complete.")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
