"""Pictures as pages show them: from the sizes that were made at publication. Nothing is made while reading."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ..models import PortalImage, PortalRendition
from ..queries.prepared import prepared
from .renditions import FORMATS, SPECS, WIDTHS


PLACES = {
    "lead": "(min-width: 62em) 60vw, (min-width: 40em) 50vw, 100vw",
    "wide": "(min-width: 64em) 70rem, 100vw",
    "text": "(min-width: 48em) 42rem, 100vw",
    "card": "(min-width: 64em) 20rem, (min-width: 40em) 45vw, 100vw",
}
"""How wide a picture is shown, as HTML's `sizes`."""
MOST = 2048  # pictures, each in one place, whose HTML each process remembers

_storage = PortalRendition._meta.get_field("file").storage


class Size(NamedTuple):
    """A stored size of a picture: the columns of a rendition that readers need. A page has a hundred of them."""

    image: int
    filter_spec: str
    focal_point_key: str
    file: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return _storage.url(self.file)


@prepared
def _sizes(pictures: Iterable[int]) -> models.QuerySet:
    return PortalRendition.objects.filter(image__in=pictures).values_list(*Size._fields)


def with_renditions(images: Iterable[PortalImage | None]) -> None:
    """Give all these pictures their stored sizes, as `made_sizes`: one query."""
    bare = [image for image in images if image is not None and not hasattr(image, "made_sizes")]
    found: dict[int, list[Size]] = defaultdict(list)
    for row in _sizes(sorted({image.pk for image in bare})) if bare else ():
        found[row[0]].append(Size(*row))
    for image in bare:
        image.made_sizes = tuple(found[image.pk])


def picture_html(image: PortalImage, alt: str, place: str, css: str, eager: bool) -> SafeString:
    """A responsive `<picture>`; `place` is one of PLACES. Nothing is shown if no size is there."""
    with_renditions([image])
    base = getattr(_storage, "base_url", None)  # of a folder: what is stored elsewhere may have addresses that expire
    around = _around if base else _around.__wrapped__
    before, after = around(base, image.made_sizes, place, css, eager)
    return mark_safe(before and f"{before}{conditional_escape(alt)}{after}")  # noqa: S308 (escaped)


@lru_cache(MOST)
def _around(
    base: str | None, sizes: tuple[Size, ...], place: str, css: str, eager: bool
) -> tuple[SafeString, SafeString]:
    """What stands before and after the alternative text, which may know its language: texts that are equal may not."""
    made = {size.filter_spec: size for size in sizes if not size.focal_point_key}
    sets = {fmt: [made[SPECS[w, fmt]] for w in WIDTHS if SPECS[w, fmt] in made] for fmt in FORMATS}
    if not sets["jpeg"]:
        return mark_safe(""), mark_safe("")
    srcsets = {fmt: ", ".join(f"{size.url} {size.width}w" for size in found) for fmt, found in sets.items()}
    fallback = sets["jpeg"][-1]
    before = format_html(
        '<picture class="{}"><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="',
        css,
        srcsets["webp"],
        PLACES[place],
        fallback.url,
        srcsets["jpeg"],
        PLACES[place],
        fallback.width,
        fallback.height,
    )
    loading = 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    return before, format_html('" {}></picture>', mark_safe(loading))  # noqa: S308 (ours)
