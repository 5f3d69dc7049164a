"""The checks of a translated segment, one after the other; the numbers have a file of their own."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.fuzzing import examples
from languages.checks import ERROR, WARNING, Finding, GlossaryTerm, glossary_terms, run
from languages.checks.token_words import Token, check_token_words
from languages.management.commands import check_segment
from languages.models import Term, TermTarget


pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


PLACE = GlossaryTerm("学位", ("school place",), ("degree",))


def found(check, source, target, language="en", **options):
    """[(level, message)] of one check."""
    return [(each.level, each.message) for each in run(source, target, language, **options) if each.check == check]


def levels(check, source, target, language="en", **options):
    return [level for level, _message in found(check, source, target, language, **options)]


def test_a_good_translation_has_no_findings():
    source = '<a id="a1">1.37亿元</a>用于<b>资助</b>学生，受助的有<a id="a2">22.3万余人</a>。'
    target = '<a id="a1">137 million yuan</a> was spent on student <b>aid</b>; it reached <a id="a2">more than 223,000 people</a>.'
    assert run(source, target, "en", format="html") == []


def test_a_finding_is_plain_data():
    [finding] = run("资助资金1.37亿元", "13.7 million yuan in aid", "en")
    expected = {
        "level": "error",
        "check": "numbers",
        "message": "13.7 million yuan where the source has 1.37亿元.",
    }
    assert finding.as_dict() == expected
    assert isinstance(finding, Finding)
    assert type(finding.message) is str


def test_a_finding_is_said_in_everybodys_language_and_is_the_same_for_all():
    with translation.override("zh-hans"):
        [finding] = run("资助资金1.37亿元", "13.7 million yuan in aid", "en")
        assert finding.message == "原文为“1.37亿元”，译文为“13.7 million yuan”。"
        assert finding.key == "numbers: 13.7 million yuan where the source has 1.37亿元."
    assert finding.message == "13.7 million yuan where the source has 1.37亿元."


@pytest.mark.parametrize(
    ("source", "target", "options", "dismissible"),
    [
        ("资助300人", "aid to pupils", {}, {("numbers", ERROR): True}),
        ("学位", "a degree", {"terms": [PLACE]}, {("glossary", ERROR): True}),
        ("学校", "学校 school", {}, {("leftover", ERROR): True}),
        ("学校", "school.", {}, {("punctuation", WARNING): True}),
        ("学校", "school", {"max_length": 3}, {("length", ERROR): False}),
        ('<a id="a1">学校</a>', "school", {"format": "html"}, {("chips", ERROR): False}),
        ("学校", "<p>school</p>", {"format": "html"}, {("chips", ERROR): False}),
        ('<a id="a1">学校</a>', 'school<a id="a1"></a>', {"format": "html"}, {("chips", WARNING): False}),
        ("%(name)s学校", "school", {}, {("placeholders", ERROR): False}),
        ("学校", "", {}, {("empty", ERROR): False}),
    ],
)
def test_what_a_person_may_know_better(source, target, options, dismissible):
    found = {(each.check, each.level): each.is_dismissible for each in run(source, target, "en", **options)}
    assert found == dismissible


def test_messages_are_read_in_the_language_of_the_interface(monkeypatch):
    monkeypatch.setattr("languages.checks.segment._", lambda message: f"<{message}>")
    assert found("empty", "标题", " ") == [(ERROR, "<There is no text.>")]


@pytest.mark.parametrize("target", ["", " \n", "<b> </b>", "<br/>"])
def test_empty(target):
    assert levels("empty", "标题", target, format="html") == [ERROR]
    assert [each.check for each in run("标题", target, "en", format="html")] == ["empty"]
    assert run("", "", "en") == []


# Chips and placeholders ---------------------------------------------------------------------------

CHIPS = [
    ('<a id="a1">Jiangjin</a> schools', []),
    ('schools of <a id="a1"><i>Jiangjin</i></a>', []),
    ("Jiangjin schools", ["The link or mark a1 of the source is missing."]),
    ('<a id="a1">J</a> <a id="a1">s</a>', ["The link or mark a1 is there twice."]),
    ('<a id="a1">J</a> <a id="a2">s</a>', ["The source has no link or mark a2."]),
    ('<b id="a1">Jiangjin</b> schools', ["The link or mark a1 is of another kind than in the source."]),
    ('<a id="a1">Jiang<b>jin</a></b>', ["</a> is closed where it is not open: the links and marks overlap."]),
    ('<a id="a1">Jiangjin schools', ["<a> is not closed."]),
    ('<a id="a1">Jiangjin</a> <script>x</script>', ["The tag <script> cannot be used here."]),
]


@pytest.mark.parametrize(("target", "messages"), CHIPS)
def test_chips(target, messages):
    source = '<a id="a1">江津</a>的学校'
    assert found("chips", source, target, format="html") == [(ERROR, message) for message in messages]
    assert found("chips", source, target) == []  # plain text has no tags


def test_a_chip_without_words_is_doubtful():
    assert levels("chips", '<a id="a1">江津</a>', '<a id="a1"> </a>Jiangjin', format="html") == [WARNING]


def test_placeholders():
    source = "共%(count)s所，%s，{name}"
    assert found("placeholders", source, "%(count)s schools, %s, {name}") == []
    assert found("placeholders", source, "%(number)s schools, %s, {name}") == [
        (ERROR, "The placeholder %(count)s of the source is missing."),
        (ERROR, "The source has no placeholder %(number)s."),
    ]


LINKED = '学校见<a id="a1">规划</a>和<a id="a2">名单</a>，名单每年公布。'
ABOUT_LINKS = [
    ('See the <a id="a1">plan</a> and the <a id="a2">list</a>, which comes out every year.', []),
    ('The <a id="a2">list of schools</a>, yearly; the <a id="a1">development plan</a>.', []),
    ('See the <a id="a1">plan</a> and the <a id="a2">list etc.</a>', []),
    (
        'See the <a id="a1">plan</a> and the <a id="a2">list, which comes out every year.</a>',
        [(WARNING, "The link or mark a2 goes on to the end of the sentence: “.” is no part of it.")],
    ),
    (
        'See the <a id="a1">plan</a> and the <a id="a2">list, which comes out every year</a>',
        [
            (
                WARNING,
                "The link or mark a2 covers much more than in the source: does all of “list, which comes out every year” belong to it?",
            )
        ],
    ),
    (
        'See the <a id="a1"><b>plan, <b>new</b></b></a> and the <a id="a2"><i>list</i></a>, which comes out every year.',
        [(WARNING, "The mark <b> stands within another one.")],
    ),
]


@pytest.mark.parametrize(("target", "findings"), ABOUT_LINKS)
def test_links_that_hold_what_does_not_belong_to_them(target, findings):
    assert found("links", LINKED, target, format="html") == findings


def test_a_link_within_a_link():
    nested = 'See the <a id="a1">plan and the <a id="a2">list</a></a>, which comes out every year.'
    assert found("chips", LINKED, nested, format="html") == [(ERROR, "The link a2 stands within the link a1.")]


# Words for a figure or a school ---------------------------------------------------------------------

ONE, TWO, MANY, MONEY = (Token("shown", chinese) for chinese in ("1所", "2所", "8660个", "1.37亿元"))
NAME = Token("École primaire Shuangfu n° 6")
WORDS = [
    # what the link says, its Chinese, language, words, whether they are right
    (ONE, "1所", "fr", "une seule", True),
    (TWO, "1所", "fr", "une seule", False),
    (TWO, "2所", "fr", "les deux", True),
    (ONE, "一所", "ru", "одной школе", True),
    (TWO, "一所", "ru", "одной школе", False),
    (MANY, "8660个", "ru", "с 8660 местами", True),
    (MANY, "8660个", "ru", "8760 мест", False),
    (MANY, "8660个", "ru", "немало мест", False),
    (TWO, "2所", "ar", "مدرستين", True),
    (ONE, "1所", "ar", "مدرستين", False),
    (MONEY, "1.37亿元", "es", "137 millones de yuanes", True),
    (MONEY, "1.37亿元", "es", "13,7 millones de yuanes", False),
    (MONEY, "这笔资金", "es", "esta suma", True),
    (MONEY, "这笔资金", "es", "los 140 millones", False),
    (MONEY, "这笔资金", "fr", "une aide", True),
    (NAME, "双福六小", "fr", "l’école", True),
    (NAME, "双福六小", "fr", "le n° 6", True),
    (NAME, "双福六小", "fr", "elle", False),
    (NAME, "双福六小", "fr", "collège de la vallée", False),
    (Token("Шуанфуская начальная школа"), "双福六小", "ru", "в Шуанфуской школе", True),
    (Token("مدرسة شوانغفو الابتدائية السادسة"), "双福六小", "ar", "بالمدرسة", True),
    (Token("مدرسة شوانغفو الابتدائية السادسة"), "双福六小", "ar", "في الكلية", False),
    (Token("Начальная школа Шуанфу № 6"), "双福六小", "ru", "в шкафу", False),
    (Token("솽푸 제6초등학교"), "双福六小", "ko", "초등학교에서", True),
    (Token("双福第六小学校"), "双福六小", "ja", "第六小", True),
    (Token("双福第六小学校"), "双福六小", "ja", "同校", False),
]


@pytest.mark.parametrize(("token", "chinese", "language", "words", "right"), WORDS)
def test_words_for_a_figure_or_a_school(token, chinese, language, words, right):
    said = list(check_token_words(token, chinese, words, language))
    assert [each.level for each in said] == ([] if right else [ERROR if token.chinese else WARNING])


# Length -------------------------------------------------------------------------------------------


def test_length():
    source = "资助资金按学年发放，从幼儿园到中等职业学校都有学生受助。"
    target = "Aid is paid by the school year, and goes to children from kindergarten to vocational school."
    assert found("length", source, target, max_length=len(target)) == []
    assert levels("length", source, target, max_length=len(target) - 1) == [ERROR]
    assert found("length", source, "Aid is paid.") == [
        (WARNING, "The translation is very short: is something left out?")
    ]
    assert levels("length", source, target * 4) == [WARNING]
    assert found("length", "学校", "A very long heading for so short a word") == []


# Glossary -----------------------------------------------------------------------------------------

USED = [
    # language, rendering, text, whether it has the rendering
    ("en", "school place", "1,680 School Places", True),
    ("en", "school place", "seats", False),
    ("en", "school place", "1,680 places", True),  # school is understood
    ("en", "municipal-level", "a municipal title", True),
    ("en", "policy", "two policies", True),
    ("en", "teaching research", "researching and teaching", False),
    ("fr", "école primaire", "les écoles primaires", True),
    ("fr", "école primaire", "l’école primaire", True),
    ("fr", "réseau régional", "des réseaux régionaux", True),
    ("fr", "école primaire", "le collège", False),
    ("es", "plan de acción", "los planes de acción", True),
    ("es", "jardín público", "jardines públicos", True),
    ("ru", "начальная школа", "в начальных школах", True),
    ("ru", "начальная школа", "в средних школах", False),
    ("ar", "مدرسة ابتدائية", "في المدارس", False),
    ("ar", "مدرسة ابتدائية", "والمدرسة الابتدائية", True),
    ("ko", "초등학교", "초등학교에서", True),
    ("ja", "小学校", "区の小学校では", True),
    ("zh-hant", "學位", "新增學位", True),
    ("pt", "escola primária", "as escolas primárias", True),
    ("pt", "escola primária", "o colégio", False),
    ("th", "โรงเรียน", "นักเรียนของโรงเรียนใหม่", True),
    ("th", "โรงเรียน", "ครู", False),
]


@pytest.mark.parametrize(("language", "rendering", "target", "has"), USED)
def test_a_rendering_is_known_in_its_forms(language, rendering, target, has):
    term = GlossaryTerm("词", (rendering,))
    assert levels("glossary", "词", target, language, terms=[term]) == ([] if has else [WARNING])


def test_forbidden_renderings():
    message = "学位 must not be “degree”: use “school place”."
    assert found("glossary", "新增学位", "new degrees", terms=[PLACE]) == [(ERROR, message)]
    assert found("glossary", "新增学位", "new Degree", terms=[PLACE]) == [(ERROR, message)]
    # Beside the right one, the word may stand for something else in the source.
    assert levels("glossary", "新增学位，学历", "new school places, degrees", terms=[PLACE]) == [WARNING]
    only = GlossaryTerm("学位", (), ("degree",))
    assert found("glossary", "新增学位", "degrees", terms=[only]) == [(ERROR, "学位 must not be “degree”.")]
    assert found("glossary", "新增学位", "seats", terms=[only]) == []
    assert found("glossary", "新增学位", "pedigree", terms=[only]) == []


def test_a_forbidden_word_inside_an_allowed_rendering_is_none():
    term = GlossaryTerm("赛课", ("teaching contest",), ("contest",))
    assert found("glossary", "赛课", "a teaching contest", terms=[term]) == []
    assert levels("glossary", "赛课", "a contest", terms=[term]) == [ERROR]


def test_of_overlapping_terms_the_longer_one_counts():
    terms = [GlossaryTerm("学区", ("school cluster",)), GlossaryTerm("学区制", ("cluster system",))]
    assert found("glossary", "学区制", "the cluster system", terms=terms) == []
    assert levels("glossary", "学区制", "the school cluster", terms=terms) == [WARNING]
    assert levels("glossary", "学区和学区制", "the system", terms=terms) == [WARNING, WARNING]


def test_what_is_not_translated_stays():
    term = GlossaryTerm("源·活", keep=True)
    assert run("源·活", "源·活", "en", terms=[term]) == []
    assert levels("glossary", "课程名为源·活", "The course is called Source", terms=[term]) == [WARNING]


# Left as it was -----------------------------------------------------------------------------------


def test_chinese_that_is_left():
    assert found("leftover", "江津区的学校", "Schools in 江津区") == [(ERROR, "江津区 is still Chinese.")]
    assert levels("leftover", "江津区的学校", "Schools in Jiangjin (江津区)") == [WARNING]
    assert levels("leftover", "来源写作“上年”", "The source has 上年, last year") == [WARNING]
    for language in ("fr", "es", "ru", "ar", "ko"):
        assert levels("leftover", "学校", "x 学校", language) == [ERROR]


def test_simplified_characters_that_are_left():
    message = "Simplified characters are left: 学发"
    assert found("leftover", "学校发展", "学校发展里", "zh-hant") == [(ERROR, message)]
    assert found("leftover", "学校里的后台", "學校裡的後台，皇后，公里", "zh-hant") == []
    assert found("leftover", "学校发展", "学校の发展", "ja") == [(ERROR, "Simplified characters are left: 发")]
    assert found("leftover", "学校发展", "学校の発展", "ja") == []
    assert levels("leftover", "学校发展", "学校發展", "zh-hk") == [ERROR]


def test_unchanged():
    assert found("unchanged", "学校", "学校") == [(WARNING, "The translation is the same as the source.")]
    assert found("unchanged", "98.02%", "98.02%") == []
    assert found("unchanged", "CSV", "CSV") == []
    assert found("unchanged", "公里", "公里", "zh-hant") == []


# Punctuation --------------------------------------------------------------------------------------

MARKS = [
    ("en", "学校，教师。", "Schools， teachers.", "Chinese punctuation: ，"),
    ("ru", "《规划》", "《План》", "Chinese punctuation: 《》"),
    ("ko", "学校。", "학교。", "Chinese punctuation: 。"),
    ("fr", "问题是什么？", "Quel est le problème ?", "A no-break space is missing beside: ?"),
    ("fr", "占98%", "soit 98 %", "A no-break space is missing beside: %"),
    ("fr", "哪个最好？98%！", "Lequel en 2024 ? 98\u00a0% !", "A no-break space is missing beside: ? !"),
    ("fr", "时间是8点；9点", "à 8 ; à 9", "A no-break space is missing beside: ;"),
    ("fr", "他说：“好”", "Il dit\u00a0: «\u00a0oui »", "A no-break space is missing beside: »"),
    ("es", "怎么办？", "Qué hacer?", "“¿” is missing: it opens what “?” closes."),
    ("ar", "是的，好。", "نعم, حسنا.", "“,” should be “،”."),
    ("ar", "好吗？", "حسنا?", "“?” should be “؟”."),
    ("zh-hant", "“学校”", "“學校”", "Traditional Chinese quotes with 「」 and 『』, not “”"),
    ("zh-hant", "学校，教师", "學校,教師", "“,” should be “，”."),
    ("pt", "学校，教师。", "Escolas， professores.", "Chinese punctuation: ，"),
    ("hi", "怎么办？", "क्या करें\u0964", "The source ends with “?”, the translation with “.”."),
    ("en", "怎么办？", "What is to be done.", "The source ends with “?”, the translation with “.”."),
    (
        "en",
        "学校添了教师。",
        "The school has more teachers",
        "The source ends with “.”, the translation without a mark.",
    ),
    (
        "en",
        "学校添了教师",
        "The school has more teachers.",
        "The translation ends with “.”, the source without a mark.",
    ),
]
FINE = [
    ("en", "他说：“学校，教师。”", "He says: “Schools, teachers.”"),
    ("fr", "问题是什么？占98%。", "Quel est le problème\u202f? C’est 98\u00a0% à 8:30."),
    ("es", "怎么办？", "¿Qué hacer?"),
    ("ar", "好，吗？", "حسنا، نعم؟"),
    ("zh-hant", "“学校，教师。”", "「學校，教師。」"),
    ("ru", "2023年", "2023 г."),
    ("ja", "学校，教师。", "学校、教師。"),
    ("en", "学校……", "Schools…"),
    ("hi", "学校添了教师。", "स्कूल में शिक्षक बढ़े\u0964"),
    ("th", "学校添了教师。", "โรงเรียนมีครูเพิ่มขึ้น"),
    ("el", "怎么办？", "Τι να κάνουμε;"),
    ("zh-hk", "学校，教师。", "學校，教師。"),
]


@pytest.mark.parametrize(("language", "source", "target", "message"), MARKS)
def test_punctuation(language, source, target, message):
    assert found("punctuation", source, target, language) == [(WARNING, message)]


@pytest.mark.parametrize(("language", "source", "target"), FINE)
def test_good_punctuation(language, source, target):
    assert found("punctuation", source, target, language) == []


# Any text -----------------------------------------------------------------------------------------

ODD = st.text(
    st.sampled_from(
        '0123456789.,%()<>/"=ab id三五十百万亿年月日所第至到一two and million мая년월「」“«{}%s-–: \u00a0٣'
    ),
    max_size=40,
)


@given(
    ODD,
    ODD,
    st.sampled_from(["en", "fr", "es", "ru", "ar", "ja", "ko", "zh-hant", "eo"]),
    st.sampled_from(["plain", "html"]),
)
@settings(max_examples=examples(150), deadline=None)
def test_no_text_raises_and_every_finding_is_complete(source, target, language, format):
    terms = [PLACE, GlossaryTerm("三五", ("two",), ("and",), counts_numbers=True), GlossaryTerm("", ())]
    for finding in run(source, target, language, format=format, terms=terms, max_length=30):
        assert finding.level in (ERROR, WARNING)
        assert finding.message
        assert finding.check


# The glossary and the command ---------------------------------------------------------------------


@pytest.mark.django_db
def test_the_glossary_is_read_in_two_queries(django_assert_num_queries):
    for source, values in {
        "学位": {},
        "十四五": {},
        "亿": {"subject": "numbers"},
        "源·活": {"do_not_translate": True},
    }.items():
        Term.objects.create(source=source, **values)
    rows = [
        ("学位", "en", "place", False),
        ("学位", "en", "seat", False),
        ("学位", "en", "degree", True),
        ("学位", "fr", "place", False),
    ]
    for order, (source, language, text, forbidden) in enumerate(rows):
        term = Term.objects.get(source=source)
        TermTarget.objects.create(term=term, language=language, text=text, forbidden=forbidden, sort_order=order)
    with django_assert_num_queries(2):
        terms = {term.source: term for term in glossary_terms("en")}
    assert terms == {
        "学位": GlossaryTerm("学位", ("place", "seat"), ("degree",)),
        "十四五": GlossaryTerm("十四五", counts_numbers=True),
        "源·活": GlossaryTerm("源·活", keep=True),
    }


def command(*arguments):
    """(exit code, findings)."""
    out, code = io.StringIO(), 0
    try:
        call_command("check_segment", *arguments, stdout=out)
    except SystemExit as error:
        code = error.code
    return code, json.loads(out.getvalue()), out.getvalue()


@pytest.mark.django_db
def test_the_command_prints_json_and_ends_with_one_on_errors():
    term = Term.objects.create(source="学位")
    TermTarget.objects.create(term=term, language="en", text="degree", forbidden=True)
    code, findings, text = command("--language", "en", "1.37亿元", "13.7 million yuan")
    assert (code, [(each["level"], each["check"]) for each in findings]) == (1, [("error", "numbers")])
    assert "1.37亿元" in text
    assert command("--language", "en", "1.37亿元", "137 million yuan")[:2] == (0, [])
    assert [each["check"] for each in command("--language", "en", "学位", "degrees")[1]] == ["glossary"]
    chips = command("--language", "en", "--format", "html", '<a id="a1">学校</a>', "School")
    assert (chips[0], chips[1][0]["check"]) == (1, "chips")
    code, findings, _text = command("--language", "en", "9000多万元", "90 million yuan")
    assert (code, [each["level"] for each in findings]) == (0, ["warning"])


def test_the_command_knows_its_languages():
    for language in ("eo", "zh-hans"):
        with pytest.raises(CommandError, match="is not one of"):
            command("--language", language, "学校", "x")


def test_the_command_works_without_a_database(monkeypatch):
    def missing(language):
        raise DatabaseError("no such table")

    monkeypatch.setattr(check_segment, "glossary_terms", missing)
    assert command("--language", "en", "学校", "School")[:2] == (0, [])
