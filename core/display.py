"""How a reader wants pages to be shown: the size of the letters, the senior mode, pinyin above the characters.

The choice is one word in the cookie `display`: 'large', 'senior.ruby'. Only the words of `CHOICES` mean something;
anything else in the cookie or a form counts as the default. A public page depends on its URL and on this, nothing else.
"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


COOKIE = "display"
YEAR = 365 * 86_400
LONGEST_ADDRESS = 1_500  # quoted it may be nine times as long, and Django refuses to redirect to more than 16,384
STANDARD, SENIOR = "standard", "senior"
SIZES = ("small", STANDARD, "large")


@dataclass(frozen=True)
class Display:
    size: str = STANDARD
    ruby: bool = False

    def __str__(self) -> str:
        """The word that stands for it: 'standard', 'senior.ruby'."""
        return f"{self.size}.ruby" if self.ruby else self.size

    @property
    def sizes(self) -> list[tuple[str, str, bool]]:
        """(size, its label, whether it is chosen), from small to large."""
        return [(size, str(replace(self, size=size)), size == self.size) for size in SIZES]

    @property
    def is_senior(self) -> bool:
        return self.size == SENIOR

    @property
    def senior_toggled(self) -> str:
        return str(replace(self, size=STANDARD if self.is_senior else SENIOR))

    @property
    def ruby_toggled(self) -> str:
        return str(replace(self, ruby=not self.ruby))


DEFAULT = Display()
CHOICES = {str(choice): choice for choice in (Display(s, r) for s in (*SIZES, SENIOR) for r in (False, True))}


def chosen(request: HttpRequest) -> Display:
    return CHOICES.get(request.COOKIES.get(COOKIE, ""), DEFAULT)


@csrf_exempt  # public pages have no CSRF cookie: the origin is checked instead
@require_POST
@transaction.non_atomic_requests
def choose_display(request: HttpRequest) -> HttpResponse:
    """Store the choice and go back to the page; for the default the cookie is deleted."""
    if not from_here(request):
        return HttpResponseForbidden(_("This can be set on the pages of this site only."))
    choice = CHOICES.get(request.POST.get("display", ""), DEFAULT)
    response = HttpResponseRedirect(local_address(request.POST.get("next", "")), status=303)
    if choice == DEFAULT:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        secure = request.is_secure()
        response.set_cookie(COOKIE, str(choice), max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def from_here(request: HttpRequest) -> bool:
    """Whether a page of this very site sent the form.

    Browsers say it in Sec-Fetch-Site (over HTTPS) and in Origin; a request with neither is refused. An Origin of 'null'
    says nothing: some send it where a page may not be named.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site not in (None, "same-origin"):
        return False
    if origin == "null":
        return site is not None
    return origin == f"{request.scheme}://{request.get_host()}"


def local_address(address: str) -> str:
    """The address to go back to, if it is a path on this site; the front page otherwise."""
    is_path = address.startswith("/") and len(address) <= LONGEST_ADDRESS
    return address if is_path and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
