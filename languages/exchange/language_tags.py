"""Tags of languages as programs write them: en-GB, zh_TW, zh-Hant-HK, chi, zh_HK.UTF-8.

A tag means one of the portal's languages if both are the same language in the same script. A script that is not said is
the likely one: zh-TW and zh-HK are written in traditional characters, zh-SG in simplified ones. Sources:

* the form of tags: BCP 47 (RFC 5646), and POSIX locales (zh_TW.UTF-8, sr@latin);
* likely subtags and aliases (zho, cmn): Unicode Technical Standard 35, in the data of CLDR that Babel brings along.
"""

import re

from babel.core import get_global
from django.utils.translation import gettext as _

from core.languages import SOURCE, TARGETS

from .errors import BadFile


LONGEST = 80  # characters; RFC 5646, section 4.4.1, has real tags of up to 35
# Neutral cultures of .NET before 4.0, which translators' programs of its time wrote.
_LEGACY = {"zh-chs": "zh-hans", "zh-cht": "zh-hant"}
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


def language_of(tag: str) -> str:
    """The target language that a tag means: 'zh_HK' -> 'zh-hant', 'en-GB' -> 'en'. Raises BadFile."""
    if not tag.strip():
        raise BadFile(_("The file does not say into which language it is translated."))
    meant = _meant(tag)
    for code in TARGETS:
        if meant and meant == _meant(code):
            return code
    raise BadFile(
        _("The file is for the language “%(tag)s”, which is not translated into here.") % {"tag": tag.strip()[:LONGEST]}
    )


def is_source(tag: str) -> bool:
    """Whether a tag means the language that is translated from: 'zh-CN', 'zh'."""
    return _meant(tag) == _meant(SOURCE)


def _meant(tag: str) -> tuple[str, str] | None:
    """(language, script) of a tag: 'zh-TW' -> ('zh', 'Hant'); None if it is no tag of a language."""
    text = re.split(r"[.@]", tag.strip()[:LONGEST])[0].replace("_", "-").lower()
    text = _LEGACY.get(text, text)
    if not _TAG.fullmatch(text):
        return None
    language, *rest = text.split("-")
    if rest and re.fullmatch("[a-z]{3}", rest[0]):  # zh-yue is the language yue, which belongs to zh
        language = rest.pop(0)
    language, _line, script = get_global("language_aliases").get(language, language).partition("_")
    said, territory = _subtags(rest)
    likely = get_global("likely_subtags")
    for key in (f"{language}_{territory}" if territory else "", language):
        if key in likely:
            return language, said or script or likely[key].split("_")[1]
    return language, said or script


def _subtags(rest: list[str]) -> tuple[str, str]:
    """The script and the territory among the subtags after the language; "" for one that is not said."""
    script = territory = ""
    for subtag in rest:
        if len(subtag) == 1:  # extensions and private use: what follows is no part of the language
            break
        if re.fullmatch("[a-z]{4}", subtag):
            script = script or subtag.title()
        elif re.fullmatch("[a-z]{2}|[0-9]{3}", subtag):
            territory = territory or subtag.upper()
    return script, territory
