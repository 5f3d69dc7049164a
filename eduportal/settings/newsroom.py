"""Who may publish without review."""

# Commands that may, once their operator has asked for them; None lets any program do so. See core/publishing/acts.py.
REVIEW_BYPASSED_BY: frozenset[str] | None = frozenset(
    {
        "init_site",
        "seal_existing",
        "mend_stored",
        "generate_content",  # under production settings it asks for --in-production
    }
)
