"""Write the Traditional Chinese catalogue from the Simplified one, by OpenCC.

It is always rewritten as a whole, so the two are never out of step: correct the Simplified text, not this file.
"""

from pathlib import Path

import polib
from catalogues import ROOT, catalogue
from opencc import OpenCC  # noqa: TID251 (a program of its own)


def converted(source: Path) -> polib.POFile:
    """The catalogue `source` in Traditional Chinese."""
    convert = OpenCC("s2t").convert
    target = polib.pofile(str(source), wrapwidth=0)
    target.header = "Made by scripts/fill_zh_hant.py from zh_Hans: do not edit."
    target.metadata["Language"] = "zh_Hant"
    for entry in target:
        entry.msgstr = convert(entry.msgstr)
        entry.msgstr_plural = {form: convert(text) for form, text in entry.msgstr_plural.items()}
    return target


def fill(root=ROOT):
    target = catalogue("zh_Hant", root)
    target.parent.mkdir(parents=True, exist_ok=True)
    converted(catalogue("zh_Hans", root)).save(str(target))


if __name__ == "__main__":
    fill()
