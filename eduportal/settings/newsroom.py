"""Who may publish without review, and what is kept of what was published."""

import os


# Commands that may, once their operator has asked for them; None lets any program do so. See core/publishing/acts.py.
REVIEW_BYPASSED_BY: frozenset[str] | None = frozenset(
    {
        "init_site",
        "seal_existing",
        "mend_stored",
        "generate_content",  # under production settings it asks for --in-production
    }
)

KEEPS_RECORD = True
# Whether the warnings of the list “Before publishing” need a tick with a reason. See core/publishing/ticks.py.
ASKS_FOR_TICKS = True
# A folder for the record of each day as a file, written by run_scheduler; best on another machine. None are written without.
RECORD_DIR = os.environ.get("RECORD_DIR", "")
