"""The tests: fast hashing, files in a temporary folder, the database of DATABASE_URL or SQLite in memory."""

import os
import tempfile

from .base import *  # noqa: F403
from .base import STORAGES, database


SECRET_KEY = "only-for-the-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "sqlite://:memory:")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = tempfile.mkdtemp(prefix="eduportal-media-")
WHITENOISE_AUTOREFRESH = True
