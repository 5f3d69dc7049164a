"""The results page and the suggestions under the search box."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.caching.kept import kept
from core.languages import SOURCE, TAGS, content_language
from core.metadata.subject import Subject
from core.text.chinese import QUERY_CHARACTERS, QUERY_TERMS
from core.text.pinyin import syllables

from . import candidates
from .candidates import CANDIDATES, find_candidates, names_of, searched_languages
from .choices import Kind
from .labels import example_labels
from .parsing import ParsedQuery, parse_query
from .ranking import KINDS, Candidate, Level
from .results import build_results, examples, shown_in, title_of, url_of
from .similar import Name, similar


PER_PAGE = 20
SUGGESTIONS, SUGGESTED_FROM = 8, 40  # shown, and candidates of each kind
NAMES = 500  # of each kind that a query without results is compared with
NAMED_THINGS: tuple[Any, ...] = (Kind.SCHOOL, Kind.PROGRAMME, Kind.METRIC)


@dataclass(frozen=True)
class Facet:
    """A kind with the number of its results; `is_more` if there are more than are counted."""

    kind: Kind | None
    number: int
    is_more: bool
    query: str
    is_chosen: bool


@require_safe
@non_atomic_requests
def search_results(request: HttpRequest) -> HttpResponse:
    """/search/?q=…&kind=…&page=…: invalid values are ignored, never an error."""
    query, code = parse_query(request.GET.get("q", "")), content_language()
    languages = _searched(request, code)
    kind = next((kind for kind in KINDS if kind == request.GET.get("kind")), None)
    found, more = find_candidates(KINDS, query, languages)
    chosen = [each for each in found if kind in (None, each[1].kind)]
    page = Paginator(_own_language_first(chosen, code), PER_PAGE).get_page(request.GET.get("page"))
    parameters = urlencode({"q": query.text} | ({"kind": kind.value} if kind else {}))
    context = {
        "query": query,
        "kind": kind,
        "facets": _facets(found, more, query, kind),
        "is_more": bool(more if kind is None else kind in more),
        "is_beyond": (sum(more.values()) if kind is None else more.get(kind, 0)) > candidates.MANY,
        "many": candidates.MANY,
        "limit": CANDIDATES,
        "items": page,
        "groups": _groups(page, query, languages),
        "page_query": f"{parameters}&",
        "subject": Subject(query=f"?{parameters}" if query.text else ""),
        "did_you_mean": similar(_known_names(tuple(languages)), query) if query.text and not found else [],
        "examples": [] if query.text else _examples(),
        "bounds": {"words": QUERY_TERMS, "characters": QUERY_CHARACTERS},
        "is_search": True,
    }
    return render(request, "search/results.html", context)


@require_safe
@non_atomic_requests
@cache_control(public=True, max_age=300)
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """/search/suggest?q=…: at most SUGGESTIONS names that begin with the query or hold it."""
    query, code = parse_query(request.GET.get("q", "")), content_language()
    found, _more = find_candidates(KINDS, query, _searched(request, code), limit=SUGGESTED_FROM, names_only=True)
    suggestions = []
    for _level, candidate in islice(found, SUGGESTIONS):
        language = shown_in(candidate.thing, code)
        suggestions.append(
            {
                "title": title_of(candidate.thing, code),
                "url": url_of(candidate.thing),
                "kind": candidate.kind.value,
                "label": candidate.kind.one,
                "lang": TAGS[language],
            }
        )
    return JsonResponse({"query": query.text, "suggestions": suggestions})


def _searched(request: HttpRequest, code: str) -> list[str]:
    return searched_languages(code, {language.code for language in request.open_languages})


def _own_language_first(found: Sequence[tuple[Level, Candidate]], code: str) -> list[tuple[Level, Candidate]]:
    """What is published in the reader's language, then what exists in Chinese only, each in its order."""
    return sorted(found, key=lambda each: shown_in(each[1].thing, code) != code)


def _groups(page: Page, query: ParsedQuery, languages: Sequence[str]) -> list[dict]:
    """The results of a page: those in the reader's language, then those in Chinese only."""
    hits, code = build_results(list(page.object_list), query, languages), languages[0]
    own = [hit for hit in hits if hit.language == code]
    chinese = [hit for hit in hits if hit.language != code]
    groups = [{"in_chinese_only": False, "hits": own}, {"in_chinese_only": code != SOURCE, "hits": chinese}]
    return [group for group in groups if group["hits"]]


def _facets(
    found: Sequence[tuple[Level, Candidate]], more: Container[Kind], query: ParsedQuery, chosen: Kind | None
) -> list[Facet]:
    """All results, then each kind of which there are any."""
    numbers = Counter(candidate.kind for _level, candidate in found)
    everything = Facet(None, len(found), bool(more), urlencode({"q": query.text}), chosen is None)
    kinds = [
        Facet(kind, numbers[kind], kind in more, urlencode({"q": query.text, "kind": kind.value}), kind == chosen)
        for kind in KINDS
        if numbers[kind] or kind == chosen
    ]
    return [everything, *kinds]


@kept
def _known_names(languages: tuple[str, ...]) -> list[Name]:
    """Names of schools, programmes and figures: a query for each kind."""
    names = dict.fromkeys(name for kind in NAMED_THINGS for name in names_of(kind, languages, NAMES))
    return [Name.of(name) for name in names]


def _examples() -> list[tuple[str, list[str]]]:
    """(way of searching, queries) for things that really exist."""
    schools, figures = examples()
    said = [[syllable for _place, syllable in syllables(name)] for name in schools]
    typed = [form for each in said for form in (" ".join(each), "".join(syllable[0] for syllable in each))]
    rows = zip(example_labels(), (schools, typed, figures), strict=True)
    return [(label, queries) for label, queries in rows if queries]
