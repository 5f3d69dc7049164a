"""EMAIL_URL: how mail leaves the portal.

    smtp://USER:PASSWORD@HOST:PORT          plain (port 25 if none is given)
    smtp+tls://USER:PASSWORD@HOST:PORT      STARTTLS (587)
    smtps://USER:PASSWORD@HOST:PORT         TLS from the start (465)
    console:                                printed to the log: what is used if nothing is set
    file:///absolute/folder                 a file each

User name and password are percent-encoded. `?from=ADDRESS` names the sender.
"""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
BACKENDS = "django.core.mail.backends"


def mail(url: str) -> dict[str, Any]:
    """Django's settings for an EMAIL_URL. Raises ImproperlyConfigured if it cannot be read."""
    parts = urlsplit(url)
    settings: dict[str, Any] = {"EMAIL_BACKEND": "core.mail.AfterCommitBackend", "EMAIL_TIMEOUT": 10}
    if sender := parse_qs(parts.query).get("from"):
        settings |= {"DEFAULT_FROM_EMAIL": sender[0], "SERVER_EMAIL": sender[0]}
    if parts.scheme == "console":
        return settings | {"MAIL_TRANSPORT": f"{BACKENDS}.console.EmailBackend"}
    if parts.scheme == "file":
        return settings | {"MAIL_TRANSPORT": f"{BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("EMAIL_URL has a port that is no number.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL begins with smtp://, smtp+tls://, smtps://, console: or file://.")
    return settings | {
        "MAIL_TRANSPORT": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
