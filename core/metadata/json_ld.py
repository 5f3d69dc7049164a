"""JSON-LD: what a page is about, in the words of schema.org. Pure functions from plain values; empty ones are left out."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


Node = dict[str, Any]

CONTEXT = "https://schema.org"
# Nothing in the text can end the script or begin a comment; U+2028 and U+2029 would end a line of JavaScript.
ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def script(nodes: Iterable[Node]) -> SafeString:
    """One block of data, which no browser executes; nothing if there are no nodes."""
    graph = [node for node in (compact(node) for node in nodes) if node]
    if not graph:
        return mark_safe("")
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    data = mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped just here)
    return format_html('<script type="application/ld+json">{}</script>', data)


def compact(value: Any) -> Any:
    """The value without what is empty in it, at any depth, and with its dates as text."""
    if isinstance(value, Mapping):
        kept = {key: compact(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [item for item in (compact(each) for each in value) if item not in (None, "", [], {})]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def reference(node: Node) -> Node:
    """Only the name of a node that is given elsewhere in the same block."""
    return {"@id": node["@id"]}


def organisation(*, base: str, name: str, logo: str = "") -> Node:
    return {"@type": "Organization", "@id": f"{base}/#organisation", "name": name, "url": f"{base}/", "logo": logo}


def website(*, base: str, url: str, name: str, language: str, publisher: Node, search: str = "") -> Node:
    """The site; `search` is the address of its results with {search_term_string} in it."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{base}/#website",
        "url": url,
        "name": name,
        "inLanguage": language,
        "publisher": reference(publisher),
        "potentialAction": action if search else None,
    }


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Node:
    """The breadcrumb, from (name, absolute address) of each page of it, the shown page last; nothing for the front
    page."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if len(items) > 1 else {}


def image(*, url: str, width: int, height: int, caption: str = "") -> Node:
    return {"@type": "ImageObject", "url": url, "width": width, "height": height, "caption": caption}


def web_page(*, url: str, name: str, language: str, kind: str = "WebPage", **more: Any) -> Node:
    return {"@type": kind, "@id": url, "url": url, "name": name, "inLanguage": language} | more


def news_article(
    *, url: str, headline: str, language: str, published: datetime | None, publisher: Node, **more: Any
) -> Node:
    """`more`: description, dateModified, author, image, about, keywords, isBasedOn, correction …"""
    return {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "url": url,
        "headline": headline,
        "inLanguage": language,
        "datePublished": published,
        "publisher": reference(publisher),
    } | more


def person(name: str) -> Node:
    return {"@type": "Person", "name": name}


def school(*, kind: str, url: str, name: str, **more: Any) -> Node:
    """`kind`: School, ElementarySchool, Preschool …; `more`: alternateName, address, geo, telephone, sameAs …"""
    return {"@type": kind, "@id": f"{url}#school", "url": url, "name": name} | more


def dataset(*, url: str, name: str, language: str, description: str = "", **more: Any) -> Node:
    """`more`: temporalCoverage, spatialCoverage, distribution, license, creator, isBasedOn, variableMeasured …"""
    return {
        "@type": "Dataset",
        "@id": f"{url}#dataset",
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
    } | more


def download(url: str, media_type: str) -> Node:
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media_type}
