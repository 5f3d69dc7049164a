"""Whatever bytes a file holds, it is read, or refused with the error of the importers: nothing else is ever raised."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from core.models import PortalSettings
from core.tests.fuzzing import TIMES, examples
from languages import exchange
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.exchange import importing
from languages.exchange.budget import Budget
from languages.exchange.glossary import importing as glossary
from languages.exchange.glossary.tbx import export_tbx
from languages.exchange.memory import import_memory, tmx
from languages.exchange.memory import importing as memory
from languages.models import Term, TermTarget

from .test_exchange_files import RICH, RICH_EN, file_of


READERS = {"translations": importing.read, "memory": memory.read, "glossary": glossary.read}
BOUNDED = settings(max_examples=examples(80), deadline=None, derandomize=TIMES == 1)
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
# What has made readers of such files fail, here or elsewhere.
NASTY = [
    *("\x00", "\ufeff", "\ufffe", "\u2028", "\x85", "\x0b", "\r", "\ud7ff\ue000", "\U0001f1e8", "\u0301" * 9),
    *(
        "<",
        ">",
        "&",
        '"',
        "'",
        "\\",
        "\\n",
        "]]>",
        "<![CDATA[<b>]]>",
        "<!--",
        "-->",
        "<?xml?>",
        "<?x y?>",
        "&b;",
        "&#0;",
    ),
    *("&#xFFFF;", "&lol;", "<!DOCTYPE x>", BOMB, '<!ENTITY a SYSTEM "file:///etc/passwd">', ' xmlns="urn:x"'),
    *('xml:lang=""', "<g/>", "</g>", "<mrk/>", '<cp hex="110000"/>', '<ec startRef="9"/>', "<hi/>", "<note/>"),
    *(
        "msgid",
        'msgid ""',
        'msgstr[9] "x"',
        "#| ",
        "#~ ",
        "#, fuzzy",
        "msgctxt",
        '"Language: \\n"',
        "sep=;",
        "=1+1",
        ";;;",
    ),
    *("²", "9" * 50, "-1", "99999-99-99T99:99:99", "zh-TW", "x" * 300, "<" * 300),
]


def glossary_tbx(version):
    term = Term(pk=1, source="学位", subject="schools", note="注 & <b>")
    term.targets = [TermTarget(language="en", text="school place"), TermTarget(language="en", text="x", forbidden=True)]
    return export_tbx([term], version)


def pairs():
    yield tmx.Pair(RICH, RICH_EN, "html", timezone.now(), {"text": "news.storypage:1", "state": "approved"})
    yield tmx.Pair("学位 & <", "places", "plain", timezone.now(), {})


FILES = {
    **{("translations", format): file_of(format)[0] for format in exchange.FORMATS},
    ("glossary", "tbx-3"): glossary_tbx("3"),
    ("glossary", "tbx-2"): glossary_tbx("2"),
    ("glossary", "csv"): '\ufeffsource;allowed;note\r\n学位;"en: place\nfr: place";"a ""b"""\r\n'.encode(),
    ("memory", "tmx"): tmx.write(pairs(), "en", timezone.now()),
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5"]


def read_or_refused(read, content):
    try:
        read(content, Budget())
    except DeskError as error:
        assert str(error)  # noqa: PT017 (either outcome is right)


@st.composite
def broken(draw, content):
    """The file with pieces cut out, doubled, exchanged and put in, in some encoding."""
    text = content.decode("utf-8-sig")
    for _turn in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(st.sampled_from(NASTY), st.just(text[start:end] * 2), st.text(max_size=8)))
        text = text[:start] + piece + text[end:]
    return text.encode(draw(st.sampled_from(ENCODINGS)), errors="replace")


@pytest.mark.parametrize("name", READERS)
@BOUNDED
@given(st.binary(max_size=300))
def test_any_bytes(name, content):
    read_or_refused(READERS[name], content)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "start", [b"<xliff>", b"<tmx>", b"<tbx>", b'msgid ""\nmsgstr "Language: en\\n"\n', b"source\n"]
)
@settings(BOUNDED, max_examples=examples(25))
@given(st.lists(st.sampled_from(NASTY), max_size=12).map("".join))
def test_what_begins_well(name, start, rest):
    read_or_refused(READERS[name], start + rest.encode())


@pytest.mark.parametrize(("name", "format"), FILES)
@BOUNDED
@given(st.data())
def test_a_broken_file(name, format, data):
    read_or_refused(READERS[name], data.draw(broken(FILES[name, format])))


@pytest.mark.parametrize(("name", "format"), FILES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding(name, format, encoding):
    """UTF-8 and UTF-16 with a byte order mark are read."""
    content = FILES[name, format].decode("utf-8-sig").encode(encoding, errors="replace")
    read_or_refused(READERS[name], content)
    if encoding in ("utf-8", "utf-8-sig", "utf-16"):
        READERS[name](content, Budget())


@st.composite
def elements(draw, names, attributes, depth=4):
    """A tree of elements of a format, where they belong or not."""
    name = draw(st.sampled_from(names))
    said = draw(st.dictionaries(st.sampled_from(attributes), st.sampled_from(VALUES), max_size=3))
    inside = "".join(draw(st.lists(elements(names, attributes, depth - 1), max_size=3))) if depth else ""
    words = draw(st.sampled_from(["", "字", " ", "&lt;b&gt;", "&lt;/b&gt;"]))
    return f"<{name} {' '.join(f'{key}={value!r}' for key, value in said.items())}>{words}{inside}</{name}>"


VALUES = [
    "",
    "a1",
    "1",
    "en",
    "zh",
    "zh-TW",
    "initial",
    "final",
    "news.storypage:1",
    "d1",
    "bold",
    "plaintext",
    "edu:a",
]
GRAMMARS = {
    "xliff": (
        "translations",
        "file body group trans-unit unit segment ignorable source target seg-source g x bx ex ph pc sc ec mrk sm em cp "
        "data originalData notes note alt-trans",
        "id rid ctype state approved original target-language datatype startRef dataRef dataRefStart subType order hex",
    ),
    "tmx": ("memory", "header body tu tuv seg bpt ept ph it hi ut sub note prop", "i x type xml:lang lang pos"),
    "tbx": (
        "glossary",
        "text body conceptEntry termEntry langSec langSet termSec tig ntig termGrp term termNote descrip descripGrp admin",
        "type xml:lang lang id",
    ),
}


@pytest.mark.parametrize(("root", "version"), [("xliff", "1.2"), ("xliff", "2.0"), ("tmx", "1.4"), ("tbx", "")])
@settings(BOUNDED, max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_elements_in_any_order(root, version, data):
    name, names, attributes = GRAMMARS[root]
    inside = "".join(data.draw(st.lists(elements(names.split(), attributes.split()), min_size=1, max_size=3)))
    content = f'<{root} version="{version}" trgLang="en">{inside}</{root}>'
    read_or_refused(READERS[name], content.encode())


@pytest.mark.parametrize("name", READERS)
def test_endless_files(name):
    """What unfolds, nests or repeats without an end is refused, or read in a time that its size bounds."""
    for content in (
        f'{BOMB}<xliff version="1.2"><file target-language="en">&b;</file></xliff>',
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><xliff/>',
        "<g>" * 100_000,
        "<xliff>" + "<g>" * 300 + "</g>" * 300 + "</xliff>",
        "<tmx " + " ".join(f'a{n}="b"' for n in range(20_000)) + "/>",
        "<!DOCTYPE " * 100_000,
        "<!DOCTYPE x SYSTEM " + '"' * 100_000,
        "<?xml " * 100_000,
        'msgid "' + '\\"' * 100_000,
        "source\n" + '"' * 100_000,
        "source" + "," * 500_000,
        "\x00" * 1_000_000,
        "\ufeff" * 100_000,
    ):
        read_or_refused(READERS[name], content.encode())


@pytest.mark.django_db
class TestWithTheDesk:
    """What is read is compared with what is here; nothing is stored."""

    @pytest.fixture
    def files(self):
        found = PortalSettings.for_site(Site.objects.get())
        found.name, found.tagline = "江津教育", "新增学位8660个"
        found.save()
        original = original_of(found)
        content = {format: exchange.export_bytes([original], "en", format) for format in ("po", "xliff", "xliff-2.0")}
        return {format: filled(text) for format, text in content.items()}

    @settings(
        BOUNDED,
        max_examples=examples(40),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    def test_translations(self, files, data):
        content = data.draw(broken(files[data.draw(st.sampled_from(sorted(files)))]))
        read_or_refused(
            lambda content, budget: exchange.import_file(content, None, dry_run=True, budget=budget), content
        )

    @settings(
        BOUNDED,
        max_examples=examples(40),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    def test_the_others(self, data):
        name, format = data.draw(st.sampled_from([key for key in FILES if key[0] != "translations"]))
        content = data.draw(broken(FILES[name, format]))
        if name == "memory":
            read_or_refused(lambda content, budget: import_memory(content, "x", None, budget=budget), content)
        else:
            run = glossary.import_glossary
            read_or_refused(lambda content, budget: run(content, None, dry_run=True, budget=budget), content)


def filled(content):
    """With something in the place of each translation."""
    text = content.decode()
    said = text.replace('msgstr ""\n\n', 'msgstr "8660 places"\n\n').replace(
        "</source>\n", "</source><target>A</target>"
    )
    assert said != text
    return said.encode()
