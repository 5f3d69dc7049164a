"""House style in the list before publishing: what is built in, and the rules of the editors."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from core.publishing.checklist import Finding, Level, Mend, publish_check, shared
from news.models import StoryPage

from .built_in import slips
from .passages import Look, Placed, is_in_one_piece, passages, replace
from .rules import Rule, active_rules, broken, is_error
from .slips import Slip, without_overlaps
from .wording import said, shortened


@publish_check("newsroom.style-errors", StoryPage, Level.ERROR)
def check_errors(story: StoryPage) -> Iterator[Finding]:
    yield from _of_rules(story, [rule for rule in shared(story, active_rules).values() if is_error(rule)])


@publish_check("newsroom.style-rules", StoryPage)
def check_rules(story: StoryPage) -> Iterator[Finding]:
    yield from _of_rules(story, [rule for rule in shared(story, active_rules).values() if not is_error(rule)])


@publish_check("newsroom.style", StoryPage)
def check_style(story: StoryPage) -> Iterator[Finding]:
    """What a rule of the editors speaks of is left to it."""
    rules = list(shared(story, active_rules).values())
    for found, slip in _slips(story, partial(_unspoken, rules)):
        yield _finding(story, slips, slip.rule, found, slip)


def _unspoken(rules: list[Rule], text: str) -> list[Slip]:
    found = slips(text)
    spoken = list(broken(rules, text)) if found else []
    return [each for each in found if not any(one.start < each.end and each.start < one.end for one in spoken)]


def _of_rules(story: StoryPage, rules: list[Rule]) -> Iterator[Finding]:
    by_name = {rule.name: rule for rule in rules}
    look = partial(_broken, rules)
    for found, slip in _slips(story, look):
        yield _finding(story, look, by_name[slip.rule], found, slip)


def _broken(rules: list[Rule], text: str) -> list[Slip]:
    return without_overlaps(broken(rules, text))


def _slips(story: StoryPage, look: Look) -> Iterator[tuple[Placed, Slip]]:
    """Each pair of words and rule once, where it stands first."""
    known: set[tuple[str, str]] = set()
    for passage in shared(story, passages):
        for slip in look(passage.text):
            about = slip.rule, passage.text[slip.start : slip.end]
            if about not in known:
                known.add(about)
                yield passage, slip


def _finding(story: StoryPage, look: Look, rule: str | Rule, found: Placed, slip: Slip) -> Finding:
    words = found.text[slip.start : slip.end]
    mend = None
    if slip.right is not None and is_in_one_piece(story, found.place, words):
        mend = Mend(_label(slip.right), partial(replace, story, look, slip.rule, words))
    return Finding(said(rule, words, slip.right), found.place, f"{slip.rule} {words}", mend)


def _label(right: str) -> str:
    return _("Write “{words}”").format(words=shortened(right)) if right else _("Take it away")
