"""Machine translation as the desk asks for it: for a limited time, and so that no failure of it reaches the desk.

A provider may be slow, raise, fail to be imported, or answer with something else than texts. Then its texts are lacking,
the translator is told so, and it is left alone for a minute: nobody waits for it again at every segment.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Queue
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connections

from core.providers import provider_class
from core.segments import Segment
from core.text.tags import plain

from ..checks.texts import Text
from .errors import DeskError
from .texts import clean


logger = logging.getLogger(__name__)

REST = 60  # seconds for which a provider that failed is not asked again
BATCH = 20  # segments of one request: what was answered before a failure is kept
CACHE_SECONDS = 86_400  # for which a provider is not asked the same again
_MOST_WAITING = 8  # requests of one process that may hang; more are not begun
_waiting = BoundedSemaphore(_MOST_WAITING)


class Unanswered(Exception):
    """A provider gave no answer that is one."""


class Machine:
    """The providers of a language within one request: all its questions together may take TRANSLATION_TIMEOUT seconds.

    `failed` says whether any of them gave no answer; `unusable` counts answers that lack or invent chips of their segment.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.failed = False
        self.unusable = 0
        self._until = monotonic() + settings.TRANSLATION_TIMEOUT
        self._answered: set[str] = set()

    def suggestions(self, segment: Segment, digest: str) -> Iterator[tuple[str, str]]:
        """(provider, text) of each provider that has a text for the segment, whose hash is `digest`."""
        for name in settings.TRANSLATION_PROVIDERS:
            key = f"languages.machine.{name}.{self.language}.{segment.format}.{digest}"
            text = cache.get(key)
            if text is None:
                text = self._by(name, [segment]).get(segment.path, "")
                if name in self._answered:
                    cache.set(key, text, CACHE_SECONDS)
            if text:
                yield name, text

    def texts(self, segments: Sequence[Segment]) -> dict[str, str]:
        """{path: text} of the first provider that has texts for the language; what it leaves out, the next one may have."""
        found: dict[str, str] = {}
        for name in settings.TRANSLATION_PROVIDERS:
            found |= self._by(name, [segment for segment in segments if segment.path not in found])
        return found

    def _by(self, name: str, segments: Sequence[Segment]) -> dict[str, str]:
        """{path: text} of one provider. What it answered before it failed is kept."""
        found = {}
        try:
            for start in range(0, len(segments), BATCH):
                batch = segments[start : start + BATCH]
                for segment, text in zip(batch, self._ask(name, batch), strict=True):
                    if text and (words := self._usable(segment, text)):
                        found[segment.path] = words
        except Unanswered:
            self.failed = True
        return found

    def _ask(self, name: str, segments: Sequence[Segment]) -> list[str | None]:
        """One text or None for each segment; all None if the provider does not offer the language. Raises Unanswered."""
        rest = f"languages.machine.rest.{name}"
        left = self._until - monotonic()
        if left <= 0 or cache.get(rest):
            raise Unanswered
        try:
            kind = provider_class(name)
            ask = _question(kind, segments, self.language)
            answer = ask() if getattr(kind, "is_local", False) else _within(left, ask)
            texts = _checked(answer, len(segments))
        except Exception as error:
            logger.warning("The machine translator %s gave no answer", name, exc_info=True)
            if name not in self._answered:  # one that is only slow with very much may go on next time
                cache.set(rest, True, REST)
            raise Unanswered from error
        self._answered.add(name)
        return texts

    def _usable(self, segment: Segment, text: str) -> str:
        """The text with only what it may hold; '' if it has other chips than the segment."""
        if segment.format != "html" and "<" not in segment.text:
            text = plain(text)
        try:
            text = clean(segment, text)
        except DeskError:
            text = ""
        if text.strip() and _chips(segment, text) == _chips(segment, segment.text):
            return text
        self.unusable += 1
        return ""


def may_offer(language: str) -> bool:
    """Whether a machine may have texts for the language: one elsewhere is not asked, which would take its time."""
    return any(_may_offer(name, language) for name in settings.TRANSLATION_PROVIDERS)


def _may_offer(name: str, language: str) -> bool:
    try:
        kind = provider_class(name)
        return not getattr(kind, "is_local", False) or kind().offers(language)
    except Exception:
        logger.warning("The machine translator %s cannot be loaded", name, exc_info=True)
        return True  # the translator is told when it is asked


def _question(kind: Any, segments: Sequence[Segment], language: str) -> Callable[[], Any]:
    def ask() -> Any:
        engine = kind()
        return engine.translate(list(segments), language) if engine.offers(language) else [None] * len(segments)

    return ask


def _within(seconds: float, ask: Callable[[], Any]) -> Any:
    """The answer, if it comes in time. A thread cannot be ended: one that hangs keeps its place until it does not."""
    if not _waiting.acquire(blocking=False):
        raise TimeoutError
    answers: Queue[tuple[Any, BaseException | None]] = Queue()

    def run() -> None:
        try:
            answers.put((ask(), None))
        except (Exception, SystemExit) as error:
            answers.put((None, error))
            logger.debug("A machine translator failed", exc_info=True)
        finally:
            connections.close_all()  # those of this thread
            _waiting.release()

    Thread(target=run, name="machine-translation", daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error:
        raise RuntimeError from error
    return answer


def _checked(answer: Any, count: int) -> list[str | None]:
    """Raises TypeError for what is not `count` texts or None."""
    is_list = isinstance(answer, list | tuple) and len(answer) == count
    if not is_list or not all(text is None or isinstance(text, str) for text in answer):
        raise TypeError("A provider answers with a list of one text or None for each segment.")
    return list(answer)


def _chips(segment: Segment, text: str) -> list[tuple[str, str]]:
    return sorted((tag.name, tag.chip) for tag in Text(text, segment.format).tags if tag.chip)
