"""Who may publish without review: nobody without a reason, and in production only the commands that settings name."""

import pytest

from core.publishing import bypass_review
from core.publishing.acts import BypassRefused


def test_a_bypass_needs_a_reason():
    with pytest.raises(ValueError, match="why"), bypass_review(" "):
        pass


@pytest.mark.parametrize(
    ("argv", "is_allowed"),
    [
        (["manage.py", "seal_existing"], True),
        (["manage.py", "shell"], False),
        (["gunicorn", "seal_existing"], False),
        (["manage.py"], False),
    ],
)
def test_in_production_only_certain_commands_may(argv, is_allowed, settings, monkeypatch, caplog):
    settings.REVIEW_BYPASSED_BY = frozenset({"seal_existing"})
    monkeypatch.setattr("sys.argv", argv)
    if is_allowed:
        with bypass_review("once"):
            pass
    else:
        with pytest.raises(BypassRefused), bypass_review("just this once"):
            pass
        assert "was refused" in caplog.text
