"""The sentences of stories that cite a figure, for the figure's page."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from wagtail.rich_text.rewriters import extract_attrs

from core.languages import reading
from metrics.citing import Citing

from .models import StoryObservation, StoryPage


MOST_STORIES, MOST_SENTENCES = 20, 3
LINK = re.compile(r"<a(\b[^<>]*)>(.*?)</a>", re.DOTALL)
PARAGRAPH = re.compile(r"<(p|li|h[2-6])\b[^<>]*>(.*?)</\1>", re.DOTALL)
# A sentence ends behind one of these, with the closing marks that follow; a Latin full stop only before a space.
END = re.compile(r"(?<=[。！？；!?])(?![”』」）])|(?<=[。！？][”』」）])|(?<=[.!?؟])(?=\s)")
START, STOP = "\ue000", "\ue001"  # stand for <mark> while the rest of the markup is taken away


def find_sentences(observations: Iterable[int], language: str) -> list[Citing]:
    """The newest stories of the language that cite one of these figures, with up to three sentences each: one query."""
    ids = {str(pk) for pk in observations}
    cited = StoryObservation.objects.filter(observation__in=ids).values("story")
    stories = StoryPage.objects.readable().in_language(language).filter(pk__in=cited).newest_first()
    with reading(language):
        return [
            Citing(story, list(_sentences(story, ids))[:MOST_SENTENCES])
            for story in stories.defer_other_languages()[:MOST_STORIES]
        ]


def _sentences(story: StoryPage, ids: set[str]) -> Iterator[tuple[str, SafeString]]:
    for raw in story.body.raw_data:
        for html in _rich_texts(raw["type"], raw["value"]):
            for _tag, inner in PARAGRAPH.findall(html):
                yield from ((f"{story.url}#b-{raw['id']}", words) for words in _marked(inner, ids))


def _rich_texts(kind: str, value: Any) -> list[str]:
    if kind == "text":
        return [value]
    return [value.get("text", "")] if kind == "aside" else []


def _marked(inner: str, ids: set[str]) -> Iterator[SafeString]:
    """The sentences of a paragraph with a link to one of the figures; its words are marked."""

    def mark(found: re.Match) -> str:
        attrs = extract_attrs(found[1])
        is_cited = attrs.get("linktype") == "figure" and attrs.get("id") in ids
        return f"{START}{found[2]}{STOP}" if is_cited else found[2]

    for sentence in END.split(strip_tags(LINK.sub(mark, inner))):
        if START in sentence:
            yield _with_marks(sentence.strip())


def _with_marks(sentence: str) -> SafeString:
    """Plain text, escaped, with its marks; entities are those of stored rich text and stay as they are."""
    parts = re.split(f"[{START}{STOP}]", unescape(sentence))
    marked = [format_html("<mark>{}</mark>" if number % 2 else "{}", part) for number, part in enumerate(parts)]
    return format_html("{}" * len(marked), *marked)
