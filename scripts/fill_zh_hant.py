"""Write the Traditional Chinese catalogues from the Simplified ones, as the portal's own texts are written (docs/adr/0011).

They are always rewritten as a whole, so the two are never out of step: correct the Simplified text, not these files.
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


def sources(root=ROOT):
    """The catalogues in Simplified Chinese: the portal's, and those of what Wagtail lacks."""
    return [catalogue("zh_Hans", root), *sorted((root / "locale" / "wagtail" / "zh_Hans").rglob("*.po"))]


def traditional_path(source: Path) -> Path:
    """Where the Traditional Chinese of a Simplified catalogue is."""
    return source.parents[2] / "zh_Hant" / source.parent.name / source.name


def fill(root=ROOT):
    for source in sources(root):
        target = traditional_path(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        converted(source).save(str(target))


if __name__ == "__main__":
    fill()
