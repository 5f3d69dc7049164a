"""`make run`: production's behaviour on one machine: a generated key, SQLite, plain HTTP on loopback."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import SECRET_KEY, VAR_DIR


def _generated_key():
    """The key of this machine, made on first use."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key() + get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = SECRET_KEY or _generated_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
REVIEW_BYPASSED_BY = None
