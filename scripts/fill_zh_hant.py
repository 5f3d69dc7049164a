"""Write the Traditional Chinese catalogue from the Simplified one, as the portal's own texts are written (docs/adr/0011).

It is always rewritten as a whole, so the two are never out of step: correct the Simplified text, not this file.
"""

from pathlib import Path

import polib
from catalogues import ROOT, catalogue

from core.text.traditional import to_traditional


def converted(source: Path) -> polib.POFile:
    """The catalogue `source` in Traditional Chinese."""
    target = polib.pofile(str(source), wrapwidth=0)
    target.header = "Made by scripts/fill_zh_hant.py from zh_Hans: do not edit."
    target.metadata["Language"] = "zh_Hant"
    for entry in target:
        entry.msgstr = to_traditional(entry.msgstr)
        entry.msgstr_plural = {form: to_traditional(text) for form, text in entry.msgstr_plural.items()}
    return target


def fill(root=ROOT):
    target = catalogue("zh_Hant", root)
    target.parent.mkdir(parents=True, exist_ok=True)
    converted(catalogue("zh_Hans", root)).save(str(target))


if __name__ == "__main__":
    fill()
