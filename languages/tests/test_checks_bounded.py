"""No text makes the checks hang or raise: each parser is fed what is hard to read, up to the most that is read at all.

Work is counted, so that a busy machine does not matter; the hardest of these texts takes about a million steps.
"""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.fuzzing import examples
from core.tests.work import counted
from languages.checks import ERROR, GlossaryTerm, run
from languages.checks.numbers import chinese, dates, eastern, western
from languages.checks.numbers.check import EASTERN, LEXICONS, check_numbers
from languages.checks.segment import MOST_CHARACTERS, MOST_FINDINGS
from languages.checks.texts import Text


pytestmark = pytest.mark.once

STEPS = 6_000_000
TERMS = [
    GlossaryTerm("学位", ("school place",), ("degree",)),
    GlossaryTerm("集群", ("school cluster", "cluster of many schools")),
]
# Where a numeral, a tag, a bracket or a word begins and does not end, or ends and begins again.
PIECES = [
    "9", "1\u00a0", "1 ", "1,", "1.", "0-", "12/", "8:3", "8:30 ", "-1", "a", "a ", "A", "字", "字a", "一", "十", "百万", "万亿", "两个半", "三分之", "第1", "9月", "1—6月", "翻一番",
    "三年级2班", "高三", "中3", "3倍", "5割", "令和5年", "分の", "ひとつ", "천이백 ", "만 이천 명 ", "이천", "스물", "사흘 ", "오전 9시 반 ", "five ", "twenty-", "and a half ", "a third of ", "half ",
    "rose by 5% to 6% ", "May ", "1–5 May ", "vingt et ", "d’un tiers ", "mil millones ", "y media ", "полтора ", "с половиной ", "в два раза ", "مئة و", "ثلاثة أضعاف ", "٣٫", "XIX ", "023-", "RMB ", "№",
    "137 milhões ", "5 mil ", "ล้าน", "3 a ", "<a \"", "<a id=\"a1\">", "<b>'", "</a>", "&amp;", "{", "{{ ", "%(", "(", "“", "«", ".", " ", "\n", "\0", "\ud800",
]  # fmt: skip
LANGUAGES = (*LEXICONS, *EASTERN, "pt", "th")  # and two without a grammar
SOURCE = "全区有1.37亿元，学位8660个，三年级2班，8点半，翻一番。"


@st.composite
def texts(draw):
    """A few pieces over and over, up to the most that is read."""
    pieces = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)))
    size = draw(st.sampled_from([len(pieces), 300, MOST_CHARACTERS]))
    return (pieces * (size // len(pieces) + 1))[:size]


def quickly(function, *arguments, **options):
    with counted() as work:
        result = function(*arguments, **options)
    assert work.steps < STEPS, (function.__name__, [str(each)[:40] for each in arguments])
    return result


@given(texts(), st.sampled_from(LANGUAGES))
@settings(max_examples=examples(60), deadline=None)
def test_all_checks_of_a_translation_end(text, language):
    found = quickly(run, SOURCE, text, language, format="html", terms=TERMS)
    assert len(found) <= MOST_FINDINGS


@given(texts(), st.sampled_from(LANGUAGES))
@settings(max_examples=examples(30), deadline=None)
def test_all_checks_of_a_source_end(text, language):
    quickly(run, text, "137 million, 8660 places", language, format="html", terms=TERMS)


@given(texts(), st.sampled_from(LANGUAGES))
@settings(max_examples=examples(30), deadline=None)
def test_a_text_against_itself_ends(text, language):
    quickly(check_numbers, text, text, language)


@given(texts(), st.sampled_from(sorted(LEXICONS)))
@settings(max_examples=examples(40), deadline=None)
def test_western_numbers_and_dates_are_read_within_the_text(text, language):
    for figure in quickly(western.figures_of, text, LEXICONS[language]):
        assert 0 <= figure.start < figure.end <= len(text)
    quickly(dates.dates, text, LEXICONS[language])


@given(texts(), st.sampled_from(EASTERN))
@settings(max_examples=examples(40), deadline=None)
def test_eastern_numbers_and_dates_are_read_within_the_text(text, language):
    assert len(eastern.rewritten(text, language)) == len(text)
    for figure in quickly(eastern.figures_of, text, language):
        assert 0 <= figure.start < figure.end <= len(text)
    quickly(eastern.dates, text, language)


@given(texts())
@settings(max_examples=examples(40), deadline=None)
def test_chinese_numbers_and_dates_are_read_within_the_text(text):
    for figure in quickly(chinese.figures_of, text):
        assert 0 <= figure.start < figure.end <= len(text)
    quickly(chinese.dates, text)
    quickly(chinese.loose, text)


@given(texts())
@settings(max_examples=examples(40), deadline=None)
def test_tags_are_read(text):
    parsed = Text(text, "html")
    assert len(quickly(lambda: parsed.plain)) <= len(text) + len(parsed.tags)


@pytest.mark.parametrize(
    "text",
    ["9" * 10**6, "1\u00a0" * 25_000, "9" * 20_000, "字" * (MOST_CHARACTERS + 1)],
    ids=["megabyte", "no-break", "digits", "long"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_once_hung_is_answered_at_once(text, language):
    with translation.override("en"):
        found = quickly(run, SOURCE, text, language)
        said = [each.message for each in found]
    if len(text) > MOST_CHARACTERS:
        [finding] = found
        assert (finding.level, finding.check) == (ERROR, "length")
        assert said == [
            f"This text has {len(text)} characters. No more than {MOST_CHARACTERS} can be checked: it must be shorter."
        ]
    else:
        assert ERROR in {each.level for each in found}


def test_errors_are_not_lost_among_very_many_findings():
    target = "3 schools " + "".join(f'<a id="b{number}">x</a>' for number in range(300))
    found = run("字" * 40, target, "en", format="html")
    assert len(found) == MOST_FINDINGS
    assert {each.level for each in found} == {ERROR}
