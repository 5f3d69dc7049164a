"""Who is answered from what is kept: readers whom the portal does not know, who only want to see what everybody may see."""

from django.conf import settings
from django.http import HttpRequest


ADMIN = "/admin/"
READING = ("GET", "HEAD")
NOT_PUBLIC = (ADMIN, "/documents/", "/media/", "/static/", "/-/")


def is_unknown(request: HttpRequest) -> bool:
    """Whether nobody is logged in, and the request reads a public address. The cookie alone decides: whose session it
    is, and whether it still holds, is not asked."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in READING and not known and not request.path_info.startswith(NOT_PUBLIC)
