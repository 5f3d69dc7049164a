"""Where the HTML of a page holds Chinese that is not marked as such."""

import re

from bs4 import BeautifulSoup, Comment, Declaration, Doctype

from core.text.scripts import HAN_CHARACTERS


HAN = re.compile(f"[{HAN_CHARACTERS}]")
NO_TEXT = ("script", "style", "template", "title")  # in a title no element can stand; its own language is the page's
# What readers get of an attribute. The others are for programs (`content`, `href`, `data-name`), what somebody has typed
# (`value`), or cannot be marked without calling the words beside them Chinese too: the `title` of a link.
READ_OUT = ("alt", "aria-label", "placeholder", "label")


def unmarked_chinese(html):
    """Texts and attributes with Chinese characters outside of everything that says it is Chinese.

    Only for pages in a language that has no Chinese characters of its own: not for Japanese.
    """
    soup = BeautifulSoup(html, "html.parser")
    texts = [
        str(text).strip()
        for text in soup.find_all(string=HAN)
        if not isinstance(text, Comment | Declaration | Doctype)
        and text.parent.name not in NO_TEXT
        and not _is_known(text.parent)
    ]
    attributes = [
        f"{element.name} {name}={element[name]}"
        for element in soup.find_all(True)
        for name in READ_OUT
        if _is_chinese(element.get(name, "")) and not _is_known(element)
    ]
    return texts + attributes


def _is_chinese(attribute):
    """In an attribute a single character cannot be marked: the «几» that a translator writes of."""
    return 2 * len(HAN.findall(attribute)) > sum(map(str.isalpha, attribute))


def _is_known(element):
    """Whether the nearest language that is named is Chinese, or Japanese as in the list of languages."""
    spoken = next((each["lang"] for each in (element, *element.parents) if each.get("lang")), "")
    return spoken.startswith(("zh", "ja"))
