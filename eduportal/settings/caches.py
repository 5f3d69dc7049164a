"""REDIS_URL: a cache that all processes share. Without it, each has its own memory."""

from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry


PATIENCE = 0.25  # seconds that a request waits for Redis, once in a while (core.caching.redis)


def caches(url: str) -> dict[str, dict[str, Any]]:
    """Django's CACHES. A Redis that is stopped or frozen is a miss, never an error."""
    if not url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    options = {
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": PATIENCE,
        "SOCKET_TIMEOUT": PATIENCE,
        "REDIS_CLIENT_CLASS": "core.caching.redis.ImpatientRedis",
        "CONNECTION_POOL_KWARGS": {"retry": Retry(NoBackoff(), 0)},
    }
    return {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "OPTIONS": options}}
