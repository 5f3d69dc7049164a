"""Standard files for programs, and pages for people who look for the parts of the site: robots.txt, security.txt …"""

from datetime import UTC, datetime, time
from io import BytesIO

import segno
from django.contrib.sitemaps import views as sitemap_views
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from ..caching.parameters import depends_on
from ..languages import TAGS, content_language, direction
from ..models import PortalSettings
from ..rendering.navigation import masthead
from ..text.cleaning import legal_xml
from .addresses import exists, path_in
from .facts import feeds, groups
from .sitemaps import sitemaps
from .subject import Subject


PLAIN = "text/plain; charset=utf-8"
HOUR, DAY = 3600, 86_400
NOT_FOR_ROBOTS = ("/admin/", "/documents/", "/-/")
SEARCH = "/search/"
MANIFEST = "application/manifest+json"
PAPER = "#fbf9f4"  # as static/css/tokens.css has it
ICONS = (192, 512)  # pixels
LONGEST_IN_CODE = 300  # characters of an address


@depends_on("p")
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=HOUR)
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or, where they are too many for one file, an index of such files."""
    parts = sitemaps(request)
    if all(part.paginator.num_pages == 1 for part in parts.values()):
        return _rendered(sitemap_views.sitemap(request, parts, None, "core/sitemap.xml"))
    return _rendered(sitemap_views.index(request, parts, "core/sitemap_index.xml", sitemap_url_name="sitemap-section"))


@depends_on("p")
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=HOUR)
@conditional_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One kind of addresses, such as pages or metrics, where the index names them; `?p=2` has the next of them."""
    return _rendered(sitemap_views.sitemap(request, sitemaps(request), section, "core/sitemap.xml"))


def _rendered(found: TemplateResponse) -> HttpResponse:
    found.render()
    return HttpResponse(legal_xml(found.content.decode()), headers=found.headers)


@depends_on()
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: all that is published, but no results of searches and nothing of the admin."""
    refused = [*NOT_FOR_ROBOTS, *(path_in(SEARCH, language.code) for language in request.open_languages)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in refused),
        "Allow: /",
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@depends_on()
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=HOUR)
def llms(request: HttpRequest) -> HttpResponse:
    """What the site is and where its parts are, in Markdown, made from the pages that are live (llmstxt.org)."""
    site = masthead(request)
    if site.home is None:
        raise Http404
    context = {
        "site": site,
        "sections": [(section, feeds(section)) for section in site.sections],
        "languages": [(language, path_in("/", language.code)) for language in request.open_languages],
        "api": exists("/api/v1/openapi.json"),
        "search": exists(SEARCH),
        "base": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "core/llms.txt", context, content_type="text/markdown; charset=utf-8")


@depends_on()
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=HOUR)
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability (RFC 9116); not found unless a contact is set and has not expired."""
    portal = PortalSettings.for_request(request)
    if not portal.security_is_open:
        raise Http404
    last = timezone.make_aware(datetime.combine(portal.security_expires, time(23, 59, 59)))
    contact = portal.security_contact
    lines = [
        f"Contact: {request.build_absolute_uri(contact) if contact.startswith('/') else contact}",
        f"Expires: {last.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@depends_on()
@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the portal among its programs: name, picture, colours (W3C, Web Application Manifest)."""
    code = content_language()
    name = PortalSettings.for_request(request).name
    content = {
        "name": name,
        "short_name": name,
        "lang": TAGS[code],
        "dir": direction(code),
        "start_url": path_in("/", code),
        "scope": path_in("/", code),
        "display": "minimal-ui",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [
            {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(_icon(size, purpose) for size in ICONS for purpose in ("any", "maskable")),
        ],
    }
    return JsonResponse(content, content_type=MANIFEST, json_dumps_params={"ensure_ascii": False})


def _icon(size: int, purpose: str) -> dict[str, str]:
    """A picture that may be cut to any shape: its content lies within the middle four fifths."""
    return {
        "src": static(f"img/icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=DAY)
def qr_code(request: HttpRequest, path: str) -> HttpResponse:
    """A QR code of a page's address as SVG, black on white in every mode, as scanners want it."""
    address = request.build_absolute_uri(f"/{path}/")
    if len(address) > LONGEST_IN_CODE:
        raise Http404
    image = BytesIO()
    segno.make(address, error="m", micro=False).save(
        image, kind="svg", border=2, light="#fff", svgclass=None, lineclass=None, omitsize=True, xmldecl=False
    )
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """For those who ask at the old address without reading the page."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@depends_on()
@require_safe
@transaction.non_atomic_requests
def site_map(request: HttpRequest) -> HttpResponse:
    """站点地图: all sections with what is in them, for people. What is in Chinese only has its Chinese name, as in the masthead
    and at the foot of the page."""
    site = masthead(request)
    home, language = site.home, content_language()
    if home is None:
        raise Http404
    context = {
        "rows": [(section, groups(section, home, language), feeds(section)) for section in site.sections],
        "standard": site.others,
        "subject": Subject(is_in_every_language=True),
    }
    return render(request, "core/site_map.html", context)
