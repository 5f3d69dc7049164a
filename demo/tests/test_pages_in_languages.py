"""The demo's pages in languages with other characters: no Chinese without its mark, no simplified character left over."""

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from core.models import Language
from core.tests.chinese_text import unmarked_chinese
from core.text.traditional import to_traditional


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.once]

# One page of each kind. In these languages the demo has the front page, the lists and one story.
KINDS = [
    "",
    "news/",
    "news/student-aid-2022-23/",
    "news/jiangjin-education-autumn-2023/",
    "schools/",
    "schools/shuangfu-liuxiao/",
    "schools/compare/?s=shuangfu-liuxiao&s=jukui-zhongxue",
    "data/",
    "data/student-aid/",
    "data/download/",
    "programmes/",
    "about/",
    "search/",
    "search/?q=双福",
    "sitemap/",
    "api/v1/",
]


@pytest.mark.parametrize("code", ["ar", "fr"])
def test_no_page_of_another_language_holds_chinese_without_its_mark(code):
    Language.objects.filter(code=code).update(is_open=True)
    found = {kind: unmarked_chinese(Client().get(f"/{code}/{kind}").content.decode()) for kind in KINDS}
    assert {kind: texts for kind, texts in found.items() if texts} == {}


def test_no_page_tells_a_time_from_a_day_that_nobody_knows(crawl):
    """The day of the demo's sources is not known, so its texts name each time; “今年” they only speak of."""
    assert [path for path, html in crawl.pages.items() if 'class="told"' in html] == []


# Traditional characters --------------------------------------------------------------------------

WRONG = re.compile(
    "學生髮展|助學金髮放|91年曆史|幾江幼兒園|校歷|成長曆程|一箇中學生|不是隻有|提出瞭如下|[餘範於]老師"
    "|[爲覈喫纔衆羣牀麪敍啓麽]|「「|」」"  # forms of an internal standard; quotation marks within others of their kind
)
LANGUAGES_OF_OTHERS = ("zh-Hans", "ja")


def texts_of(html):
    """What a page says in traditional Chinese: text, attributes and structured data. `data-name` is what the script of
    the directory compares with what somebody types, in any characters."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(lang=LANGUAGES_OF_OTHERS):
        element.extract()
    yield soup.get_text()
    yield from (str(script.string) for script in soup.find_all("script", type="application/ld+json"))
    for element in soup.find_all(True):
        yield from (str(value) for name, value in element.attrs.items() if name != "data-name")


@cache
def is_simplified_only(character):
    """Whether no traditional text has it: 学, but not 里 or 台. Big5 holds what Hong Kong and Taiwan write."""
    if to_traditional(character) == character:
        return False
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


def test_the_site_in_traditional_characters_is_traditional_throughout(crawl):
    pages = {path: html for path, html in crawl.pages.items() if path.startswith("/zh-hant/")}
    for path in ("/zh-hant/news/feed.xml", "/zh-hant/data/dataset.json", "/zh-hant/schools/directory.csv"):
        pages[path] = Client().get(path).content.decode()
    assert len(pages) > 100
    wrong, simplified = {}, {}
    for path, content in pages.items():
        said = "\n".join(texts_of(content)) if content.lstrip().startswith("<!doctype") else content
        if found := set(WRONG.findall(said)):
            wrong[path] = found
        if found := {character for character in set(said) if is_simplified_only(character)}:
            simplified[path] = found
    assert wrong == {}
    assert simplified == {}
