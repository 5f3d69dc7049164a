"""`make check-numbers`: how many wrong numbers the check of translations stops, and how many right ones it objects to.

It reads the corpus in languages/tests/data/numbers/ and prints a table for each of its two files, then every pair on which the check and
the reader disagree. languages/tests/test_number_corpus.py says what the figures have to be.
"""

import os
import sys
from pathlib import Path

import django


ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings.test")
    django.setup()
    from languages.tests.number_corpus import FILES, report

    print("\n\n".join(map(report, FILES)))


if __name__ == "__main__":
    main()
