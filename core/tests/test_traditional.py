"""Traditional characters: a corpus of school sentences, written and read by eye, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.work import is_linear
from core.text.chinese import fold
from core.text.traditional import Phrases, Standard, to_traditional


pytestmark = pytest.mark.once

DATA = Path(__file__).parent / "data"
HONG_KONG, TAIWAN = Standard.HONG_KONG, Standard.TAIWAN


def corpus(part):
    """(simplified, Hong Kong, Taiwan) of the sentences that were tuned on, or of those kept aside."""
    for line in (DATA / "traditional.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        where, simplified, hong_kong, *taiwan = line.split("\t")
        if where == part:
            yield simplified, hong_kong, taiwan[0] if taiwan else hong_kong


def wrong(part):
    """The sentences that are not written as in the corpus: (written, right)."""
    for simplified, hong_kong, taiwan in corpus(part):
        for standard, right in ((HONG_KONG, hong_kong), (TAIWAN, taiwan)):
            written = to_traditional(simplified, standard)
            if written != right:
                yield written, right


def test_every_sentence_of_the_corpus_is_written_right():
    assert list(wrong("tuning")) == []


def test_sentences_kept_aside_are_written_right():
    assert list(wrong("aside")) == []


def test_the_corpus_is_whole():
    tuning, aside = list(corpus("tuning")), list(corpus("aside"))

    assert len(tuning) >= 250
    assert len(aside) >= 250
    assert len({line[0] for line in tuning + aside}) == len(tuning) + len(aside)


@pytest.mark.parametrize(
    ("text", "hong_kong", "taiwan"),
    [
        ("教育发展", "教育發展", "教育發展"),
        ("学校里面", "學校裏面", "學校裡面"),
        ("卫生、平台、沿着", "衞生、平台、沿着", "衛生、平臺、沿著"),
        ("为群众、床、山峰、啟动、说明", "為群眾、床、山峰、啟動、說明", "為群眾、床、山峰、啟動、說明"),
        ("身高120厘米", "身高120厘米", "身高120釐米"),
        ("复核", "覆核", "複核"),
        ("𫍯", "諴", "諴"),  # beyond the basic plane
    ],
)
def test_forms_are_those_of_one_region(text, hong_kong, taiwan):
    assert to_traditional(text) == hong_kong
    assert to_traditional(text, TAIWAN) == taiwan


@pytest.mark.parametrize("internal", "爲覈喫纔裏箇衆羣峯牀麪祕溼巖")
def test_forms_that_only_opencc_uses_reach_no_reader(internal):
    text = "".join(line[0] for part in ("tuning", "aside") for line in corpus(part))

    assert internal not in to_traditional(text, TAIWAN)
    assert internal == "裏" or internal not in to_traditional(text, HONG_KONG)


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("余小红老师", "余小紅老師"),
        ("百余名老师", "百餘名老師"),
        ("服务于老师", "服務於老師"),
        ("由于老师、对于老师、感于老师的付出", "由於老師、對於老師、感於老師的付出"),
        ("感谢于老师", "感謝于老師"),
        ("校长于会上宣布", "校長於會上宣布"),
        ("校长于建国出席", "校長于建國出席"),
        ("八点钟老师", "八點鐘老師"),
        ("党支部、党老师", "黨支部、党老師"),
        ("余家坝、钟家村、范家湾", "余家壩、鍾家村、范家灣"),
        ("姓余、姓于、姓朴", "姓余、姓于、姓朴"),
        ("范围、范例、范仲淹", "範圍、範例、范仲淹"),
    ],
)
def test_surnames_are_not_the_words_that_are_written_alike(text, traditional):
    assert to_traditional(text) == traditional


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("Jiangjin 8660", "Jiangjin 8660"),
        ("", ""),
        ("成绩<60分，>90分", "成績<60分，>90分"),
        ('<a title="发>展" href="/发/">发展</a>', '<a title="发>展" href="/发/">發展</a>'),
        ("<b>学</b>位<br/>园", "<b>學</b>位<br/>園"),
        ("发\0展\x1f头发", "發\0展\x1f頭髮"),
        ("“发展”", "「發展」"),
    ],
)
def test_traditional_characters_outside_tags(text, traditional):
    assert to_traditional(text) == traditional


def test_the_longest_phrase_wins_and_the_rest_is_converted_beside_it():
    phrases = Phrases({"软件": "軟體", "软件园": "軟件園", "几江": "几江"})

    assert to_traditional("几江软件园里的软件", phrases=phrases) == "几江軟件園裏的軟體"


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from("只里余于钟范党干系面松发历后一二十\x1f<b>、，。"), max_size=60))
def test_any_text_keeps_its_length_and_folds_alike(text):
    for standard in Standard:
        assert len(to_traditional(text, standard)) == len(text)


@pytest.mark.parametrize("standard", Standard)
def test_traditional_text_is_found_by_simplified_queries_and_back(standard):
    for part in ("tuning", "aside"):
        for simplified, *_written in corpus(part):
            assert fold(to_traditional(simplified, standard)) == fold(simplified).replace("“", "「").replace("”", "」")


@pytest.mark.parametrize("unit", ["学", "余老师只有一只", "a1,234.5 ", "9", "一", "<a '", '<"'])
def test_time_is_linear(unit):
    assert is_linear(to_traditional, unit.__mul__, 7_500)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("“‘双减’政策”", "「『雙減』政策」"),
        ("“‘<a>双减</a>’政策”", "「『<a>雙減</a>』政策」"),
        ("“落实“双减”政策”", "「落實『雙減』政策」"),
        ("“双减”“双升”", "「雙減」「雙升」"),
        ("<b>“落实</b><a>“双减”</a>政策”和“五育”", "<b>「落實</b><a>『雙減』</a>政策」和「五育」"),
        ("“他说：“要‘双减’。””", "「他說：『要「雙減」。』」"),
        ("‘他说：“好”’", "『他說：「好」』"),
        ("“第一段。<br>“第二段。”", "「第一段。<br>「第二段。」"),  # each paragraph of a long quotation opens anew
        ("学校”“老师", "學校」「老師"),
        ("他说：‘it’s great’。", "他說：『it’s great』。"),
        ("唱O’Brien的歌", "唱O’Brien的歌"),
        ("It’s a ‘test’", "It’s a ‘test’"),
    ],
)
def test_quotation_marks_within_others_are_double_brackets_and_apostrophes_stay(simplified, traditional):
    assert to_traditional(simplified) == traditional
