"""What readers do who are not like the first one: in other languages, with other eyes, on paper, without scripts."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from schools.tests.factories import make_figure, make_school

from .browser import DESK, PHONE, WCAG, Names, Reader, barriers, overflow
from .portal import REPORT, SOURCE_ADDRESS, TITLE_AR, TITLE_EN


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

SCHOOL, FIGURE, STORY = "双福六小", "8660个", "/news/story/"


# In other languages -----------------------------------------------------------------------------


def test_a_reader_in_english(portal, visit):
    names = Names("en")
    page = visit(viewport=DESK, locale="en-US", permissions=["clipboard-read", "clipboard-write"])
    reader, seen = Reader(page), {"lang": "en"}

    reader.opens("/en/")
    reader.sees("Jiangjin Education", url="/en/", **seen)
    reader.follows("News", reader.sections)
    reader.sees("News", url="/en/news/", text=TITLE_EN, **seen)
    reader.follows(TITLE_EN, reader.main)
    reader.sees(TITLE_EN, url="/en/news/story/", text="[en]", **seen)
    passes_the_story_on(page, names, "/en/news/story/")

    reader.follows(FIGURE, reader.article)
    reader.sees("New places", url="/en/data/new-places/", **seen)
    sentence = page.locator(".citing").get_by_role("link", name=FIGURE)
    expect(sentence.locator("mark")).to_have_text(FIGURE)
    sentence.click()
    expect(page).to_have_url(re.compile(r"/en/news/story/#b-block-1$"))
    cited = page.locator("#b-block-1")
    expect(cited).to_contain_text(FIGURE)
    expect(cited).to_be_in_viewport()

    reader.follows(SCHOOL, cited)
    reader.sees("Shuangfu No. 6", url="/en/schools/shuangfu-6/", text=TITLE_EN, **seen)
    chooses_a_suggestion(page, "places", "New places")
    reader.sees("New places", url="/en/data/new-places/", **seen)
    page.get_by_role("combobox").fill("shuangfu")
    page.get_by_role("combobox").press("Enter")
    expect(reader.main.get_by_role("link", name="Shuangfu No. 6").locator("mark")).to_have_text("Shuangfu")
    assert barriers(page, WCAG) == []


def passes_the_story_on(page, names, path):
    """The address as a code to be scanned, and on the clipboard."""
    share = page.locator("details.share")
    share.locator("summary").click()
    code = share.get_by_role("img")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", True)
    assert code.evaluate("image => image.naturalWidth") > 0
    address = share.get_by_role("link").get_attribute("href")
    assert address == f"http://{urlsplit(page.url).netloc}{path}"
    share.get_by_role("button", name=names("Copy the address")).click()
    expect(share.get_by_role("button", name=names("Copied"))).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    for name, known in [("Share", page.evaluate("Boolean(navigator.share)")), ("Print", True)]:
        expect(share.get_by_role("button", name=names(name, "portal"))).to_be_visible(visible=known)


def chooses_a_suggestion(page, typed, title):
    """From the keyboard: down to the first name, and there."""
    box, names = page.get_by_role("combobox"), page.get_by_role("listbox")
    box.press_sequentially(typed)
    first = names.get_by_role("option", name=title).first
    expect(first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    box.press("Enter")


def test_a_reader_in_arabic(portal, visit):
    page = visit(viewport=PHONE, is_mobile=True, has_touch=True, locale="ar")
    reader, seen = Reader(page), {"lang": "ar"}

    reader.opens("/news/")
    reader.follows("العربية", reader.languages("zh-hans"))
    reader.sees("الأخبار", url="/ar/news/", text=TITLE_AR, **seen)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(reader.main).to_have_attribute("dir", "rtl")
    first, second = (link.bounding_box() for link in reader.sections.get_by_role("link").all()[:2])
    assert first["x"] > second["x"]
    assert page.get_by_role("heading", level=1).evaluate(FAR_EDGE) < 1

    reader.follows(TITLE_AR, reader.main)
    reader.sees(TITLE_AR, url="/ar/news/story/", text="[ar]", **seen)
    reader.follows("البيانات", reader.sections)
    reader.sees("البيانات", url="/ar/data/", text="مقاعد جديدة", **seen)
    reader.follows(re.compile("مقاعد جديدة"), reader.main)
    reader.sees("مقاعد جديدة", url="/ar/data/new-places/", text=TITLE_AR, **seen)
    assert barriers(page, WCAG) == []

    reader.follows("المدارس", reader.sections)
    reader.sees("المدارس", url="/ar/schools/", **seen)
    in_chinese = page.get_by_role("link", name=SCHOOL)
    expect(in_chinese.locator("bdi")).to_have_attribute("lang", "zh-Hans")
    in_chinese.click()
    reader.sees(SCHOOL, url="/ar/schools/shuangfu-6/", main_lang="zh-Hans", **seen)
    expect(reader.main).to_have_attribute("dir", "ltr")
    assert barriers(page, WCAG) == []


# How far the words begin from the right edge of their line.
FAR_EDGE = """heading => {
    const words = document.createRange();
    words.selectNodeContents(heading);
    return Math.abs(heading.getBoundingClientRect().right - words.getBoundingClientRect().right);
}"""


# With other eyes, and on paper ------------------------------------------------------------------


def test_a_reader_in_senior_mode_who_prints(portal, visit):
    names, page = Names("zh-hans"), visit(viewport=PHONE, locale="zh-CN")
    html, letters = page.locator("html"), {}
    page.goto(STORY)
    letters["standard"] = page.locator("#b-block-1 p").evaluate(LETTERS)
    page.locator("details.display summary").click()
    page.locator("details.display").get_by_role("button", name=names("Senior mode")).click()
    expect(html).to_have_attribute("data-display", "senior")
    letters["senior"] = page.locator("#b-block-1 p").evaluate(LETTERS)
    assert letters["senior"] >= 18 * 4 / 3 > letters["standard"]  # 18 pt

    for path in ["/", "/news/", "/schools/shuangfu-6/", "/data/", "/search/?q=双福", STORY]:
        page.goto(path)
        expect(html).to_have_attribute("data-display", "senior")
        assert overflow(page) == 0, path
    assert barriers(page, WCAG) == []
    assert_on_paper(page)

    page.get_by_role("button", name=names("Leave senior mode")).click()
    expect(html).to_have_attribute("data-display", "standard")
    assert page.locator("#b-block-1 p").evaluate(LETTERS) == letters["standard"]


LETTERS = "element => parseFloat(getComputedStyle(element).fontSize)"
BEHIND = "element => getComputedStyle(element, '::after').content"
READ_ON_PAPER = [
    "h1",
    ".story__standfirst",
    ".byline",
    "#b-block-1",
    ".body .figures",
    ".body table",
    ".body .aside",
    ".share__address",
    ".qr",
]
NOT_ON_PAPER = ["nav", "form", "button", "summary", "details.display", ".video", ".skip"]


def assert_on_paper(page):
    """The story, its figures and its addresses; nothing that leads elsewhere or asks for a finger."""
    page.emulate_media(media="print")
    assert page.locator("#b-block-1 p").evaluate(LETTERS) < 16
    for each in READ_ON_PAPER:
        expect(page.locator(each).first).to_be_visible()
    for link, address in [(".aside a", REPORT), (".byline a", SOURCE_ADDRESS)]:
        assert address in page.locator(link).evaluate(BEHIND)
    assert page.locator(".share__address a").evaluate(BEHIND) == "none"  # the address stands there already
    for each in NOT_ON_PAPER:
        expect(page.locator(each).filter(visible=True)).to_have_count(0)
    addresses = re.findall(r"/URI \((.*?)\)", page.pdf().decode("latin-1"))
    site = page.url.removesuffix(STORY)
    assert {page.url, f"{site}/data/new-places/", f"{site}/schools/shuangfu-6/", REPORT, SOURCE_ADDRESS} <= {*addresses}
    assert {f"{site}{path}" for path in ["/news/", "/en/news/story/", "/sitemap/"]}.isdisjoint(addresses)
    page.goto("/news/")
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.locator("nav, form, button, summary").filter(visible=True)).to_have_count(0)
    page.goto("/data/new-places/")
    for each in ["table .source", ".cite"]:
        expect(page.locator(each).first).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(STORY)


# Without scripts --------------------------------------------------------------------------------


@pytest.fixture
def schools(portal):
    """Two more, with something to compare."""
    make_figure(make_school(title="江津中学", slug="jiangjin", stage="senior", opened_year=1906))
    make_school(title="聚奎中学", slug="jukui", stage="senior")


def test_a_reader_without_scripts(schools, visit):
    names, page = Names("zh-hans"), visit(viewport=DESK, locale="zh-CN", java_script_enabled=False)
    main, facets = page.get_by_role("main"), page.get_by_role("navigation", name=names("Narrow the list"))

    page.goto("/")
    page.get_by_role("searchbox").fill("sflx")
    page.get_by_role("button", name=names("Search", "portal")).click()
    expect(main.get_by_role("link", name=SCHOOL, exact=True)).to_be_visible()

    page.goto("/news/")
    expect(main.get_by_role("article")).to_have_count(2)
    facets.get_by_role("link", name=names("Notice")).click()
    expect(main.get_by_role("article")).to_have_count(1)
    expect(facets.get_by_role("link", name=names("Notice"))).to_have_attribute("aria-current", "true")
    main.get_by_role("link", name=names("Show all")).click()
    expect(main.get_by_role("article")).to_have_count(2)

    page.goto(STORY)
    page.locator("details.share summary").click()
    expect(page.locator(".share__address")).to_be_visible()
    expect(page.locator(".share__buttons button").filter(visible=True)).to_have_count(0)  # they would do nothing

    page.locator("details.display summary").click()
    page.locator("details.display button[data-size=large]").click()
    expect(page.locator("html")).to_have_attribute("data-display", "large")

    page.goto("/schools/")
    expect(page.locator("html")).to_have_attribute("data-display", "large")
    main.get_by_role("searchbox").fill("zhongxue")
    main.get_by_role("button", name=names("Find", "portal")).click()
    expect(page.locator(".school-line")).to_have_count(3)
    facets.get_by_role("link", name=names("Senior secondary school")).click()
    expect(page.locator(".school-line__name")).to_have_text(["江津中学", "聚奎中学"])
    main.get_by_role("link", name=names("Compare schools")).click()
    address = compares(page, names)

    other = visit(viewport=PHONE, locale="zh-CN")  # somebody to whom the address was sent
    other.goto(address)
    expect(other.locator(".compared__name")).to_have_text(["聚奎中学", SCHOOL, "江津中学"])
    assert overflow(other) == 0
    assert barriers(other, WCAG) == []


def compares(page, names):
    """Four schools, of which one is taken out; returns the address of what is left."""
    heads, table = page.locator(".compared__name"), page.get_by_role("table")
    chosen = ["聚奎中学", SCHOOL, "几江中学", "江津中学"]
    expect(page.get_by_role("combobox")).to_have_count(4)
    for number, title in enumerate(chosen, start=1):
        page.locator(f"#s{number}").select_option(label=title)
    page.get_by_role("button", name=names("Compare", "schools")).click()
    expect(heads).to_have_text(chosen)
    unknown = names("Not recorded")
    senior, primary, junior = (
        names(f"{stage} school") for stage in ("Senior secondary", "Primary", "Junior secondary")
    )
    for label, cells in {
        names("Stage"): [senior, primary, junior, senior],
        names("Opened"): [unknown, unknown, unknown, "1906"],
        "新增学位": [unknown, unknown, re.compile(r"^\s*120个"), unknown],
        "班级数": [unknown, unknown, unknown, re.compile(r"^\s*48个")],
    }.items():
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True))
        expect(row.get_by_role("cell")).to_have_text(cells)

    page.get_by_role("link", name=f"{names('Take out')} 几江中学").click()
    expect(heads).to_have_text(["聚奎中学", SCHOOL, "江津中学"])
    expect(table.get_by_role("rowheader", name="新增学位")).to_have_count(0)
    return page.url


# Searching --------------------------------------------------------------------------------------


def test_a_reader_searches(portal, visit):
    names, page = Names("zh-hans"), visit(viewport=DESK, locale="zh-CN")
    box, found, kinds = page.locator("#q"), page.locator(".hit"), page.locator(".kinds")

    page.goto("/")
    box.press_sequentially("sflx")
    expect(page.get_by_role("option", name=SCHOOL).first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=sflx$"))
    expect(found.first.get_by_role("heading")).to_have_text(SCHOOL)
    expect(found.first.locator("h2 mark")).to_have_text(SCHOOL)

    box.fill("学")
    box.press("Enter")
    expect(page).to_have_title(re.compile("^学"))
    expect(found.locator("mark").first).to_have_text("学")
    every = int(kinds.locator(".kinds__number").first.inner_text())
    expect(found).to_have_count(every)
    kinds.get_by_role("link", name=names("Schools", "search")).click()
    expect(kinds.locator("[aria-current=true]")).to_contain_text(names("Schools", "search"))
    expect(found.get_by_role("link")).to_have_text(["几江中学"])
    kinds.get_by_role("link", name=names("All", "search")).click()
    expect(found).to_have_count(every)
    assert every > 1
    assert barriers(page, WCAG) == []

    box.fill("双福流小")  # it sounds like the school
    box.press("Enter")
    expect(page.get_by_role("heading", name=names("Nothing was found"))).to_be_visible()
    expect(found).to_have_count(0)
    assert barriers(page, WCAG) == []
    page.locator(".meant").get_by_role("link", name=SCHOOL).click()
    expect(found.first.get_by_role("heading")).to_have_text(SCHOOL)
