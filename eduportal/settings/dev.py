"""`make dev`: the autoreloading server with DEBUG."""

from .local import *  # noqa: F403
from .local import STORAGES


DEBUG = True
PAGE_CACHE = False  # templates change while it runs
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
