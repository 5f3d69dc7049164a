"""Pinyin above Chinese text: right by the word, and nowhere but in text."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from core.display import Display
from core.languages import reading
from core.text.ruby import annotated, readings, words


def spelt(html):
    """What a reader sees of annotated text where pinyin is not drawn: 学(xué)校(xiào)."""
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("重庆", "chóng qìng"),
        ("重要", "zhòng yào"),
        ("校长", "xiào zhǎng"),
        ("长大", "zhǎng dà"),
        ("长期", "cháng qī"),
        ("银行", "yín háng"),
        ("举行", "jǔ xíng"),
        ("好学", "hào xué"),
        ("数学", "shù xué"),
        ("音乐", "yīn yuè"),
        ("快乐", "kuài lè"),
        ("升学率", "shēng xué lǜ"),
        ("江津", "jiāng jīn"),
        ("聚奎", "jù kuí"),
        ("双福", "shuāng fú"),
        ("重庆市江津区", "chóng qìng shì jiāng jīn qū"),
        ("双福第六小学校长", "shuāng fú dì liù xiǎo xué xiào zhǎng"),
        ("教育局长期支持", "jiào yù jú cháng qī zhī chí"),
        ("学校长达百年", "xué xiào cháng dá bǎi nián"),
        ("跑得快", "pǎo de kuài"),
        ("得到", "dé dào"),
        ("高兴地说", "gāo xìng de shuō"),
        ("有计划地推进", "yǒu jì huà de tuī jìn"),
        ("高兴地", "gāo xìng dì"),
        ("一块地种菜", "yī kuài dì zhòng cài"),
        ("等地举行", "děng dì jǔ xíng"),
        ("地方", "dì fāng"),
        ("得", "dé"),
        ("各地", "gè dì"),
        ("评为", "píng wéi"),
        ("为了", "wèi le"),
        ("一个", "yī gè"),
        ("不是", "bù shì"),
    ],
)
def test_a_character_is_read_as_its_word_says(text, said):
    assert readings(text) == said.split()


def test_words_are_taken_from_the_end():
    assert words("小学校长") == ["小学", "校长"]
    assert words("") == []


def test_every_character_has_its_own_pinyin():
    assert annotated("学校", "zh-hans") == (
        '<ruby>学<rp>(</rp><rt aria-hidden="true">xué</rt><rp>)</rp>'
        '校<rp>(</rp><rt aria-hidden="true">xiào</rt><rp>)</rp></ruby>'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("重慶", "重(chóng)慶(qìng)"),
        ("校長", "校(xiào)長(zhǎng)"),
        ("著名", "著(zhù)名(míng)"),
        ("音樂", "音(yīn)樂(yuè)"),
    ],
)
def test_traditional_characters_stay_and_are_read_as_the_simplified(text, said):
    assert spelt(annotated(text, "zh-hant")) == said


@pytest.mark.parametrize(
    "html",
    [
        "",
        "English, 8660 & <b>2023</b>",
        '<img alt="学校" src="/a.png">',
        '<a title="学校 > 数据" href="/学校/"></a>',
        "<!-- 学校 <p>校长</p> -->",
        "<script>var a = '学校';</script>",
        "<svg><title>学校</title><text>数据</text></svg>",
        '<time datetime="2024">2024年</time>',
        '<data value="137000000">1.37<span>亿元</span></data>',
        "<ruby>学<rt>xué</rt></ruby>",
        '<span lang="ja">学校</span>',
        "あア",
    ],
)
def test_what_is_no_chinese_text_stays_as_it_is(html):
    assert annotated(html, "zh-hans") == html


def test_tags_stay_and_text_after_what_is_left_alone_is_read_again():
    html = '<p class="text"><a href="/schools/">学校</a><br>有<time>9月</time><svg><g><path/></g></svg>了<img alt="了"></p>'
    found = annotated(html, "zh-hans")
    assert re.findall(r"<(?!/?(?:ruby|rp|rt)\b)[^>]+>", found) == re.findall(r"<[^>]+>", html)
    assert spelt(found) == "学(xué)校(xiào)有(yǒu)9月了(le)"


@pytest.mark.parametrize("html", ["学</p>校", "<svg>学", "</svg>学", "<p", "<学>", "1 < 2 学", '<a title="学'])
def test_broken_html_is_no_error(html):
    assert spelt(annotated(html, "zh-hans")).count("学") <= 1


def test_a_character_that_nobody_reads_has_no_pinyin():
    assert spelt(annotated("\U000323af", "zh-hans")) == "\U000323af()"


TAG = Template("{% load display %}{% ruby %}<b>{{ text }}</b>{% endruby %}")


def rendered(display, code, text="学"):
    with reading(code):
        return TAG.render(Context({"text": text, "request": SimpleNamespace(display=display)}))


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant"])
def test_the_tag_writes_pinyin_for_who_asked_for_it(code):
    assert spelt(rendered(Display(ruby=True), code)) == "学(xué)"
    assert rendered(Display(), code) == "<b>学</b>"


@pytest.mark.parametrize("code", ["ja", "ko", "en", "ar"])
def test_no_other_language_has_pinyin(code):
    assert rendered(Display(ruby=True), code) == "<b>学</b>"


def test_what_was_escaped_stays_escaped():
    assert spelt(rendered(Display(ruby=True), "zh-hans", "<i>学</i>")) == "&lt;i&gt;学(xué)&lt;/i&gt;"


def test_the_tag_needs_no_request():
    assert TAG.render(Context({"text": "学"})) == "<b>学</b>"
