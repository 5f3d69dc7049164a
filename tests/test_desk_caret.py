"""The caret in a field of the workbench, in Chromium: what is typed stands where the caret was seen to be.

The field is on a page of its own, with the scripts of the workbench.
"""

import re

import pytest
from django.conf import settings

from .browser import launched


pytestmark = pytest.mark.browser

SCRIPTS = [settings.BASE_DIR / "static/js/admin" / f"desk-{name}.js" for name in ("text", "caret")]
PAGE = """<!doctype html><meta charset="utf-8"><style>[data-field] {{ inline-size: 30em; white-space: pre-wrap }}</style>
<ol data-desk><li data-row data-format="html"><div data-source></div>
<div contenteditable="true" dir="{direction}" data-field>{html}</div>
<button data-leave hidden>leave</button><button data-insert="a2" data-token="">a2</button>
<button data-insert="a3" data-token="mot">a3</button></li></ol>"""
BEGIN = """() => {
  window.row = document.querySelector("[data-row]");
  document.querySelector("[data-field]").focus();
  window.deskText.makeRoom(window.row);
  window.caret = window.deskCaret(document.querySelector("[data-desk]"));
}"""
# Where somebody is who has just written a link: at the end of its words, with nothing behind it.
AT_ITS_END = """() => {
  const mark = document.querySelector("[data-chip], b");
  if (mark.nextSibling?.data === "\\u200b") mark.nextSibling.remove();
  getSelection().collapse(mark.lastChild, mark.lastChild.length);
}"""
WAIT = 10_000  # ms: a browser tells later, at a time of its own, that the caret has moved
GIVE = "() => window.deskText.giveWords(window.row, 'a3')"
INSERT = "() => window.deskText.insertChip(window.row, document.querySelector('[data-insert]'))"

LINK = '<span class="desk-chip" data-chip="a1" data-tag="a">{}</span>'
TOKEN = '<span class="desk-chip" data-chip="{}" data-tag="a" contenteditable="false" data-token="mot">mot</span>'
ONE, OTHER = '<a id="a1"></a>', '<a id="a3"></a>'
TWO_TOKENS = f"Un {TOKEN.format('a1')} et {TOKEN.format('a3')}"
SITE = "الموقع"
RIGHT, LEFT, END, HOME = "ArrowRight", "ArrowLeft", "End", "Home"

# What is there, what is done (keys, or words to be typed after a "="), and what is written then.
AFTER_ITS_END = [
    ("ltr", f"Voir {LINK.format('le site')}", [RIGHT, "= ici"], 'Voir <a id="a1">le site</a> ici'),
    ("ltr", f"Voir {LINK.format('le site')}", [END, "= ici"], 'Voir <a id="a1">le site</a> ici'),
    ("ltr", f"Voir {LINK.format('le site')}", ["Control+End", "= ici"], 'Voir <a id="a1">le site</a> ici'),
    ("ltr", f"Voir {LINK.format('le site')}", ["=s", RIGHT, "="], 'Voir <a id="a1">le sites</a>'),
    ("ltr", f"Voir {LINK.format('le site')}", [RIGHT, "= i", LEFT, LEFT, LEFT, "=s"], 'Voir <a id="a1">le sites</a> i'),
    ("ltr", f"Voir {LINK.format('le <b>site</b>')}", [END, "= ici"], 'Voir <a id="a1">le <b>site</b></a> ici'),
    ("ltr", "Voir <b>le site</b>", [RIGHT, "= ici"], "Voir <b>le site</b> ici"),
    ("ltr", "Voir <b>le site</b>", [END, "= ici"], "Voir <b>le site</b> ici"),
    ("rtl", f"زوروا {LINK.format(SITE)}", [LEFT, "= الآن"], f'زوروا <a id="a1">{SITE}</a> الآن'),
    ("rtl", f"زوروا {LINK.format(SITE)}", [END, "= الآن"], f'زوروا <a id="a1">{SITE}</a> الآن'),
    ("rtl", f"زوروا {LINK.format('Wi-Fi')}", [LEFT, "= الآن"], 'زوروا <a id="a1">Wi-Fi</a> الآن'),
]
FROM_THE_START = [
    ("ltr", LINK.format("le site"), [HOME, "=Voir "], 'Voir <a id="a1">le site</a>'),
    ("ltr", LINK.format("le site"), [RIGHT, "=Voir "], '<a id="a1">Voir le site</a>'),
    ("ltr", LINK.format("le site"), [RIGHT, LEFT, "=Voir "], 'Voir <a id="a1">le site</a>'),
    ("rtl", LINK.format(SITE), [LEFT, RIGHT, "=زوروا "], f'زوروا <a id="a1">{SITE}</a>'),
    ("ltr", TWO_TOKENS, [*[RIGHT] * 4, "=,"], f"Un {ONE}, et {OTHER}"),
    ("ltr", TWO_TOKENS, [*[RIGHT] * 4, LEFT, "=,"], f"Un ,{ONE} et {OTHER}"),
    ("ltr", TWO_TOKENS, [*[RIGHT] * 3, "Delete"], f"Un  et {OTHER}"),
    ("ltr", TWO_TOKENS, [*[RIGHT] * 3, "Delete", "Control+z"], f"Un {ONE} et {OTHER}"),
    ("ltr", TWO_TOKENS, [END, "Backspace"], f"Un {ONE} et "),
    ("ltr", TWO_TOKENS, [END, "=.", "Backspace", "Backspace"], f"Un {ONE} et "),
    ("ltr", f"Voir {LINK.format('le site')} ici", [*[RIGHT] * 6, "Backspace"], 'Voir<a id="a1">le site</a> ici'),
]


class Field:
    def __init__(self, page, direction, html):
        self.page = page
        page.set_content(PAGE.format(direction=direction, html=html))
        for script in SCRIPTS:
            page.add_script_tag(path=script)
        page.evaluate(BEGIN)

    def does(self, acts):
        for act in acts:
            if act.startswith("="):
                self.page.keyboard.type(act[1:])
            else:
                self.page.keyboard.press(act)
        return self.page.evaluate("() => window.deskText.written(window.row)")


def test_what_is_typed_stands_where_the_caret_is(chromium):
    with launched(chromium) as browser:
        page = browser.new_page()
        wrong = []
        for cases, begin in ((AFTER_ITS_END, AT_ITS_END), (FROM_THE_START, "() => 0")):
            for direction, html, acts, written in cases:
                field = Field(page, direction, html)
                field.does(["Control+Home"])
                page.evaluate(begin)
                if (found := field.does(acts)) != written:
                    wrong.append((html, acts, found))
        assert wrong == []
        leaves_by_the_button(page)
        puts_no_link_into_another(page)
        gives_a_token_words_of_its_own(page)
        takes_what_is_selected_as_words_of_its_own(page)
        writes_over_words_of_its_own_with_formatting(page)


def leaves_by_the_button(page):
    field = Field(page, "ltr", LINK.format("le site"))
    button = page.locator("[data-leave]")
    assert not button.is_visible()
    page.evaluate(AT_ITS_END)
    button.wait_for(timeout=WAIT)
    page.evaluate("() => window.caret.leave(window.row)")
    assert field.does(["= ici"]) == '<a id="a1">le site</a> ici'
    button.wait_for(state="hidden", timeout=WAIT)


def gives_a_token_words_of_its_own(page):
    field = Field(page, "ltr", f"Un {TOKEN.format('a3')}")
    give = "() => window.deskText.giveWords(window.row, window.caret.token(window.row))"
    field.does([END])
    page.evaluate(give)
    assert field.does(["=seul mot", RIGHT, "=."]) == 'Un <a id="a3">seul mot</a>.'
    field.does([LEFT, LEFT, *["Backspace"] * 8])
    assert field.does([END, "=!"]) == f"Un {OTHER}.!"
    page.locator("[data-chip][contenteditable=false]").wait_for(timeout=WAIT)  # it is the token again
    field = Field(page, "ltr", "Un ")
    page.evaluate(GIVE)
    assert field.does(["=seul"]) == 'Un <a id="a3">seul</a>'


def takes_what_is_selected_as_words_of_its_own(page):
    kept = "une seule école"
    for before in ("Il y a une seule école", "Il y a une <b>seule</b> école"):
        field = Field(page, "ltr", f"{before} ici")
        field.does([END, *["Shift+ArrowLeft"] * 4, LEFT, *["Shift+ArrowLeft"] * len(kept)])
        page.evaluate(GIVE)
        assert field.does([]) == f'Il y a <a id="a3">{kept}</a> ici'
        assert field.does(["=,"]) == f'Il y a <a id="a3">{kept}</a>, ici'  # behind it, as with any link
    field = Field(page, "ltr", "Il y a")
    field.does([END, "= ", "Shift+ArrowLeft"])
    page.evaluate(GIVE)  # a space alone is no words
    assert field.does(["=un mot"]) == 'Il y a<a id="a3">un mot</a>'


def writes_over_words_of_its_own_with_formatting(page):
    own = LINK.replace("a1", "a3").replace("data-tag", 'data-token="mot" data-tag')
    for words in ("une <b>seule</b>", "<b>une</b> seule", "<b>une seule</b>", "une <i><b>seule</b></i> école"):
        field = Field(page, "ltr", f"Il y a {own.format(words)} ici")
        page.evaluate(GIVE)
        assert page.evaluate("() => window.deskText.bare(String(getSelection()))") == re.sub("<.*?>", "", words)
        found = field.does(["=deux"])
        assert re.sub("</?[bi]>", "", found) == 'Il y a <a id="a3">deux</a> ici', words


def puts_no_link_into_another(page):
    field = Field(page, "ltr", f"Voir {LINK.format('le site')}")
    page.evaluate(AT_ITS_END)
    field.does(["Shift+ArrowLeft"] * 4)
    page.evaluate(INSERT)
    assert field.does(["=."]) == 'Voir <a id="a1">le </a><a id="a2">site</a>.'
    field = Field(page, "ltr", "Voir le site ici")
    field.does([END, *[LEFT] * 4, *["Shift+ArrowLeft"] * 7])
    page.evaluate(INSERT)
    assert field.does(["=,"]) == 'Voir <a id="a2">le site</a>, ici'
    field = Field(page, "ltr", "Voir ")
    field.does([END])
    page.evaluate(INSERT)
    assert field.does(["=le site", RIGHT, "= ici"]) == 'Voir <a id="a2">le site</a> ici'
