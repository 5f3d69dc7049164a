"""Compile the gettext catalogues with Babel, so that no machine needs GNU gettext to run the portal.

Writes a .mo beside each .po below locale/ (or below the folder given), unless it is there and newer. Fuzzy messages are
left out, as msgfmt leaves them out. What is wrong in a catalogue is check_messages.py's business.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(po):
    """Write the .mo of one .po; true if it had to be written."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
        return False
    with po.open("rb") as source:
        catalogue = read_po(source, domain=po.stem)
    unfinished = mo.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(mo)
    return True


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "locale"
    for po in sorted(root.rglob("LC_MESSAGES/*.po")):
        if compile_catalogue(po):
            print(f"Compiled {po.relative_to(root)}")


if __name__ == "__main__":
    main()
