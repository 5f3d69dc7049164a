"""Every kind of page, for readers with other eyes, hands or screens than ours: WCAG 2.2 A and AA, and 适老化.

axe-core looks for what a program can find; the rest is done here as a reader does it.
"""

import re

import pytest
from playwright.sync_api import expect

from .browser import DESK, PHONE, WCAG, Names, barriers, launched, overflow, watched
from .portal import TITLE


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

AS_IT_IS_READ = re.compile("^" + r"\s*".join(TITLE) + "$")
MISSING = "/nothing/"
NARROW = {"width": 320, "height": 700}  # WCAG 1.4.10
TABLET = {"width": 768, "height": 1024}
PAGES = [
    "/",
    "/news/",
    "/news/story/",
    "/news/notice/",
    "/schools/",
    "/schools/jijiang/",
    "/schools/compare/?s=jijiang&s=shuangfu-6",
    "/data/",
    "/data/new-places/",
    "/data/download/",
    "/programmes/",
    "/programmes/reform/",
    "/about/",
    "/search/?q=双福",
    "/sitemap/",
    "/api/v1/",
    MISSING,
]
COLOURS = ["color-contrast", "link-in-text-block"]
SENIOR = [*COLOURS, "color-contrast-enhanced", "target-size"]  # more contrast than AA asks for: 7 to 1
SPEAKS_OF_CSP = """addEventListener("securitypolicyviolation",
    event => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))"""
SET_LETTERS = "size => { document.documentElement.style.fontSize = size }"
LINE_AND_TEXT = """() => [getComputedStyle(document.querySelector(".masthead > .river"), "::after").backgroundColor,
    getComputedStyle(document.querySelector("h1")).color]"""
# What is cut off at its box, and is not meant to be.
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(element => {
    const style = getComputedStyle(element);
    return style.overflowX === "hidden" && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
        && !element.closest("svg, .river, .visually-hidden");
}).map(element => element.outerHTML.slice(0, 120))"""

# What is pressed and is lower or narrower than so many pixels; not what is a part of a sentence (WCAG 2.2, 2.5.8).
TOO_SMALL = """([selector, least]) => [...document.querySelectorAll(selector)].filter(element => {
    const { width, height } = element.getBoundingClientRect(), around = element.closest("p, li, dd, td");
    if (!element.checkVisibility() || element.closest(".skip, .visually-hidden, .qr") || (width >= least && height >= least))
        return false;
    if (getComputedStyle(element).display !== "inline" || !around) return true;
    const own = [...around.querySelectorAll("a")].map(link => link.textContent).join("");
    return around.textContent.replace(/\\s/g, "").length - own.replace(/\\s/g, "").length < 4;
}).map(element => `${element.outerHTML.slice(0, 100)}: ${Math.round(element.getBoundingClientRect().height)}`)"""
EVERYTHING = "a[href], button, summary, select, input:not([type=hidden])"
PRESSED_OFTEN = (
    "header a, header button, header summary, header input, .button, .facets a, .facets summary, .pagination a,"
    ".contents a, .share summary, .more, .neighbours a, .school-line"
)
FIRST_LINES = """() => [".story__title", ".byline", ".story__standfirst"].map(
    name => document.querySelector(name).getBoundingClientRect().bottom + scrollY)"""
PICTURE = """() => document.querySelector(".story__picture img").getBoundingClientRect().height / innerHeight"""


@pytest.fixture
def opened(portal, chromium, live_server):
    """`opened(display="senior", …)`: a page whose reader chose that. At the end nothing may have gone wrong: no error
    in the console, nothing that the content security policy refused, no request to another site."""
    contexts = []

    def new_page(display="", **options):
        context, problems = watched(browser, live_server.url, **options)
        context.add_init_script(SPEAKS_OF_CSP)
        if display:
            context.add_cookies([{"name": "display", "value": display, "url": live_server.url}])
        contexts.append(problems)
        return context.new_page()

    with launched(chromium) as browser:
        yield new_page
    missing = f"status of 404 (Not Found) ({live_server.url}"
    found = [problem for problems in contexts for problem in problems]
    assert [p for p in found if not (missing in p and p.endswith(f"{MISSING})"))] == []


# What a program can find ------------------------------------------------------------------------


def barriers_in_the_dark(page, only):
    page.emulate_media(color_scheme="dark")
    found = barriers(page, only)
    page.emulate_media(color_scheme="light")
    return found


def too_wide(page, window=DESK, letters=""):
    """What does not fit this window with letters of this size."""
    page.set_viewport_size(window)
    page.evaluate(SET_LETTERS, letters)
    wider, clipped = overflow(page), page.evaluate(CLIPPED)
    page.evaluate(SET_LETTERS, "")
    page.set_viewport_size(DESK)
    where = f"{page.url} at {window['width']} px, letters {letters or 'as they are'}"
    return [f"{where}: {wider} px too wide"] * bool(wider) + [f"{where}: cut off: {html}" for html in clipped]


def too_small(page, window, selector, least):
    page.set_viewport_size(window)
    found = page.evaluate(TOO_SMALL, [selector, least])
    page.set_viewport_size(DESK)
    return [f"{page.url} at {window['width']} px: lower or narrower than {least} px: {html}" for html in found]


def own_colours(page):
    """What keeps its own colours where the system chooses them: the line under the masthead must not."""
    page.emulate_media(forced_colors="active")
    line, text = page.evaluate(LINE_AND_TEXT)
    page.emulate_media(forced_colors="none")
    return [] if line == text else [f"{page.url}: the line is {line}, text is {text}"]


def test_no_page_shuts_a_reader_out(opened):
    """In its plain form and in the dark, in senior mode, and from right to left; narrow, and with large letters."""
    found = []
    still = {"viewport": DESK, "reduced_motion": "reduce"}  # no colour is on its way to another
    page, senior = opened(**still), opened("senior.ruby", **still)
    for path in PAGES:
        page.goto(path)
        found += barriers(page, WCAG) + barriers_in_the_dark(page, COLOURS)
        found += too_wide(page, NARROW) + too_wide(page, letters="200%") + own_colours(page)
        found += too_small(page, DESK, EVERYTHING, 24) + too_small(page, PHONE, PRESSED_OFTEN, 44)
        senior.goto(path)
        found += barriers(senior, SENIOR) + barriers_in_the_dark(senior, SENIOR) + too_wide(senior, PHONE)
        page.goto(f"/ar{path}")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        found += barriers(page, WCAG) + too_wide(page, NARROW)
    page.goto("/en/news/story/")
    for window in (DESK, TABLET, PHONE):
        found += (
            too_wide(page, window) + too_wide(page, window, letters="200%") + too_small(page, window, EVERYTHING, 24)
        )
    assert found == []


def test_a_story_begins_on_the_first_screen(opened):
    for path in ("/news/story/", "/en/news/story/"):
        page = opened(viewport=PHONE)
        page.goto(path)
        assert max(page.evaluate(FIRST_LINES)) < PHONE["height"]
        for window in (PHONE, DESK):
            page.set_viewport_size(window)
            assert page.evaluate(PICTURE) < 0.57


# What a reader does -----------------------------------------------------------------------------


def test_a_keyboard_is_enough(opened):
    page, names = opened(viewport=DESK, locale="zh-CN"), Names("zh-hans")
    focused = page.locator(":focus")
    page.goto("/news/story/")

    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("href", "#main")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    page.reload()
    reached = list(walk(page))
    order = ["#main", "/en/news/story/", "SUMMARY", "/", "q", "/news/", "/schools/"]
    places = [reached.index(name) for name in order]
    assert places == sorted(places)
    page.get_by_role("navigation", name=names("Sections")).get_by_role("link").first.focus()
    expect(focused).to_be_visible()

    panel = page.locator("details.display")
    large = panel.locator("button[data-size=large]")
    expect(large).to_be_hidden()
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(large).to_be_visible()
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(panel.locator("summary")).to_be_focused()


def walk(page, most=200):
    """Where the Tab key leads, to the end of the page: addresses, ids or names of elements. Each shows its focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
                const element = document.activeElement, style = getComputedStyle(element);
                return [element.getAttribute("href") || element.id || element.tagName,
                        style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)];
            }"""
        )
        if name == "BODY":
            return
        assert outline >= 2, f"{name} does not show that it has the focus"
        yield name


def test_a_reader_chooses_how_pages_look(opened):
    for scripts in (True, False):
        chooses_how_pages_look(opened(viewport=PHONE, java_script_enabled=scripts))


def chooses_how_pages_look(page):
    names, html, panel = Names("zh-hans"), page.locator("html"), page.locator("details.display")
    page.goto("/news/story/?from=feed")

    panel.locator("summary").click()
    panel.locator("button[data-size=large]").click()
    expect(html).to_have_attribute("data-display", "large")
    assert page.url.endswith("/news/story/")

    panel.locator("summary").click()
    panel.get_by_role("button", name=names("Senior mode")).click()
    expect(html).to_have_attribute("data-display", "senior")
    panel.locator("summary").click()
    panel.get_by_role("button", name=names("Pinyin above stories")).click()
    expect(html).to_have_attribute("data-ruby", "")
    # Read aloud it is the title, without the pinyin.
    expect(page.get_by_role("heading", level=1, name=AS_IT_IS_READ)).to_be_visible()
    expect(page.locator("h1 rt").first).to_have_text("xīn")

    page.goto("/en/data/")
    expect(html).to_have_attribute("data-display", "senior")
    page.get_by_role("button", name=Names("en")("Leave senior mode")).click()
    expect(html).to_have_attribute("data-display", "standard")
    assert page.url.endswith("/en/data/")
