"""The tests: fast hashing, files in a temporary folder, the database of DATABASE_URL or SQLite in a file there."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import STORAGES, database


SECRET_KEY = "only-for-the-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
REVIEW_BYPASSED_BY = None
ASKS_FOR_TICKS = False
CHECKS_ONLY_SAID = frozenset()
KEEPS_RECORD = False  # its own tests turn it on
REVIEWS_REQUIRED = WAGTAIL_WORKFLOW_ENABLED = False  # and these
_FOLDER = tempfile.TemporaryDirectory(prefix="eduportal-test-")  # gone when the process ends
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{_FOLDER.name}/db.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in use: threads share it, and WAL and its locks are tested too. Durability is not.
    # TEST_DATABASE names one that is kept: with `pytest --reuse-db` it is made once.
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE") or f"{_FOLDER.name}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = Path(_FOLDER.name) / "media"
WHITENOISE_AUTOREFRESH = True
PAGE_CACHE = os.environ.get("PAGE_CACHE") == "on"  # its own tests turn it on
