"""Files of translators: they open in real programs, keep every segment, and are read with suspicion. No database."""

import shutil
import subprocess

import polib
import pytest
from django.utils import timezone, translation
from lxml import etree
from translate.storage import factory
from translate.storage.xliff2 import Xliff2File

from core.segments import Segment, source_hash
from languages import exchange
from languages.desk.rows import Row
from languages.exchange import xliff
from languages.exchange.budget import MAX_ROWS, TAGS_IN_ROW
from languages.exchange.files import Outgoing, Text
from languages.models import Original, Unit, UnitState


FORMATS = ["xliff", "xliff-2.0", "xliff-2.1", "po"]
RICH = '<b>三项</b>新规 A &amp; B &lt;见<a id="a1">通知<i>全文</i></a>&gt;<br/>H<sub>2</sub>O <a id="a2">8660个</a>'
RICH_EN = 'See <a id="a2">8,660</a> and <b>three</b> A &amp; B <a id="a1">the <i>notice</i></a><br/>H<sub>2</sub>O'


class Kind:
    app_label, model = "news", "storypage"


def row(path, text, target="", *, kind="plain", state=UnitState.DRAFT, earlier=None):
    segment = Segment(path, text, kind, "段落")
    unit = Unit(text=target, state=state, path=path) if target else None
    before = Unit(text=earlier[1], source_text=earlier[0]) if earlier else None
    return Row(segment, source_hash(segment), unit, before)


ROWS = [
    row("title", "A <b> & 双福\n"),
    row("body.3f#k1", RICH, RICH_EN, kind="html", state=UnitState.APPROVED),
    row("body.3f#k1.1", "\n两行\n“引号” \\ \t%s\n", "Two\nlines", state=UnitState.REVIEW),
    row("body.3f#embed-1@alt", "图\u2028示", "A pic\u2028t\x85ure"),
    row("lead", "<b>新</b>的 <b>字</b>", kind="html", earlier=("<b>旧</b>的", "<b>Old</b>")),
]


def file_of(format, rows=ROWS, language="en"):
    original = Original(object_id=12, title="双福 <六小>")
    original._state.fields_cache["content_type"] = Kind()
    out = Outgoing(language, timezone.now(), [Text(original, rows, {})])
    return exchange.FORMATS[format].write(out), out


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read_again(format):
    content, out = file_of(format)
    read = exchange.importing.read(content)
    assert (read.language, read.at) == ("en", out.at)
    assert {entry.original for entry in read.entries} == {"news.storypage:12"}
    assert [(e.path, e.hash, e.source) for e in read.entries] == [
        (each.segment.path, each.hash, each.segment.text) for each in ROWS
    ]
    assert [entry.target.strip() for entry in read.entries] == [each.text for each in ROWS]
    assert [entry.is_confirmed for entry in read.entries] == [False, True, True, False, False]
    assert [entry.is_draft for entry in read.entries] == [False, False, False, True, True]
    assert [entry.is_untouched for entry in read.entries] == [False, True, True, True, True]
    assert [entry.is_leftover for entry in read.entries] == [False, False, False, False, True]
    assert all(entry.is_proven and not entry.problem for entry in read.entries)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh-hant", "ar", "ru"])
def test_files_open_in_programs_of_translators_and_keep_every_segment(format, language, tmp_path):
    content, _out = file_of(format, language=language)
    path = tmp_path / f"file.{exchange.FORMATS[format].ending}"
    path.write_bytes(content)
    store = Xliff2File.parsefile(str(path)) if "-2" in format else factory.getobject(str(path))
    units = [unit for unit in store.units if unit.istranslatable()]
    assert len(units) == len(ROWS)
    assert len({unit.getid() for unit in units}) == len(ROWS)
    units[0].target = "A <b> & Shuangfu\n"
    store.save()
    read = exchange.importing.read(path.read_bytes())
    assert [(e.path, e.hash) for e in read.entries] == [(each.segment.path, each.hash) for each in ROWS]
    assert [e.target.strip() for e in read.entries] == ["A <b> & Shuangfu", *(each.text for each in ROWS[1:])]
    if format == "po" and (msgfmt := shutil.which("msgfmt")):  # GNU gettext, if it is here
        path.write_bytes(content)
        done = subprocess.run([msgfmt, "-c", "-v", "-o", "/dev/null", str(path)], capture_output=True, text=True)  # noqa: S603
        assert done.returncode == 0
        assert "warning" not in done.stderr


def test_tags_are_codes_that_programs_protect():
    content, _out = file_of("xliff")
    root = etree.fromstring(content)
    space = {"x": xliff.XLIFF}
    source = root.xpath("//x:trans-unit[@id='body.3f#k1']/x:source", namespaces=space)[0]
    codes = [(node.tag.rpartition("}")[2], node.get("id"), node.get("ctype")) for node in source.iter("{*}g", "{*}x")]
    assert codes == [
        ("g", "b.1", "bold"),
        ("g", "a1", "link"),
        ("g", "i.1", "italic"),
        ("x", "br.1", "lb"),
        ("g", "sub.1", "x-html-sub"),
        ("g", "a2", "link"),
    ]
    units = root.xpath("//x:trans-unit", namespaces=space)
    states = [(unit.get("approved"), [target.get("state") for target in unit.findall("{*}target")]) for unit in units]
    assert states == [
        (None, []),
        ("yes", ["signed-off"]),
        (None, ["needs-review-translation"]),
        (None, ["needs-translation"]),
        (None, ["needs-adaptation"]),
    ]
    before = units[-1].find("{*}alt-trans")
    assert "".join(before.find("{*}source").itertext()) == "旧的"
    file = root.find("{*}file")
    assert (file.get("source-language"), file.get("target-language")) == ("zh-Hans", "en")


def test_a_po_file_says_what_is_unfinished_and_what_the_chinese_was():
    entries = polib.pofile(file_of("po")[0].decode())
    assert [entry.fuzzy for entry in entries] == [False, False, False, True, True]
    assert entries[-1].previous_msgid == "<b>旧</b>的"
    assert entries.metadata["Plural-Forms"].startswith("nplurals=2")


def test_codes_that_a_program_added_or_lost():
    def said(target):
        unit = f'<trans-unit id="p" datatype="html"><source>看<g id="a1" ctype="link">全文</g></source>{target}</trans-unit>'
        file = f'<xliff><file original="news.storypage:1" target-language="en-US"><body>{unit}</body></file></xliff>'
        (entry,) = xliff.read(file).entries
        assert entry.hash == source_hash(Segment("p", '看<a id="a1">全文</a>', "html", ""))
        return entry.problem or entry.target

    assert said('<target>See <g id="a1">it &lt;</g></target>') == 'See <a id="a1">it &lt;</a>'
    assert said('<target><mrk mtype="seg" mid="1">See </mrk><x id="a1"/></target>') == 'See <a id="a1"></a>'
    assert said('<target>See <g id="7" ctype="bold">it</g></target>') == "See <b>it</b>"
    assert said('<target>See <g id="a9" ctype="link">it</g></target>') == 'See <a id="a9">it</a>'
    for code in ('<g id="7">it</g>', '<ph id="1">&lt;b&gt;</ph>', '<bpt id="1"/>', "<b>it</b>"):
        with translation.override("en"):
            assert "The tag" in said(f"<target>See {code}</target>")


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xliff><file target-language="en">&b;</file></xliff>'
SPY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff><file target-language="en">&a;</file></xliff>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        "号".encode("gbk"),
        b"<html><p>msgid</p></html>",
        b"<xliff><file",
        b'<xliff version="2.0"><file id="1"/></xliff>',
        b'<xliff><file target-language="xx"/></xliff>',
        b'<xliff><file target-language="zh-Hans"/></xliff>',
        b'<xliff><file target-language="en"/><file target-language="fr"/></xliff>',
        BOMB.encode(),
        SPY.encode(),
        BOMB.encode("utf-16"),
        b"/etc/passwd msgid",
        b'msgid "a"\nmsgstr "b"\n',
        b'msgid ""\nmsgstr "Language: xx\\n"\n',
        b'msgid "a\n',
        b"\x00msgid",
        b" " * (exchange.MAX_BYTES + 1),
    ],
)
def test_bad_files_are_refused_with_a_reason(content):
    with pytest.raises(exchange.BadFile) as error:
        exchange.importing.read(content)
    assert str(error.value)


@pytest.mark.parametrize(
    "lines",
    [
        'msgid "a"\nmsgstr ""\n' + '"aaaa"\n' * 20_000,
        "#. aaaa\n" * 20_000 + 'msgid "a"\nmsgstr "b"\n',
        '#. aaaa\nmsgid "a"\n' * 10_000,
        '#~ msgid "a"\n' + '#~ "aaaa"\n' * 20_000,
        'msgid ""\nmsgstr ""\n' + '"X: aaaa\\n"\n' * 20_000,
    ],
)
def test_an_entry_of_endless_lines_is_refused(lines):
    """Joining them one by one takes a time that is quadratic in their number."""
    with pytest.raises(exchange.BadFile, match="100"):
        exchange.importing.read(f'msgid ""\nmsgstr "Language: en\\n"\n\n{lines}'.encode())


def test_a_file_with_very_many_entries_or_tags_is_refused():
    entries = 'msgid "a"\nmsgstr "b"\n\n' * (MAX_ROWS + 1)
    with pytest.raises(exchange.TooMuch):
        exchange.importing.read(f'msgid ""\nmsgstr "Language: en\\n"\n\n{entries}'.encode())
    with pytest.raises(exchange.TooMuch):
        exchange.importing.read(b"<xliff>" + b"<g/>" * (TAGS_IN_ROW * MAX_ROWS) + b"</xliff>")
    units = b"<trans-unit/>" * (MAX_ROWS + 1)
    with pytest.raises(exchange.TooMuch):
        exchange.importing.read(b'<xliff><file target-language="en">' + units + b"</file></xliff>")
    units = b"<unit/>" * (MAX_ROWS + 1)
    with pytest.raises(exchange.TooMuch):
        exchange.importing.read(b'<xliff version="2.0" trgLang="en"><file>' + units + b"</file></xliff>")


def test_a_code_that_a_program_cut_in_two_is_one_again():
    source = '<source>看<g id="a1" ctype="link">一二</g></source>'
    target = '<target>See <bx id="a1" rid="5" ctype="link"/>one<ex id="9" rid="5"/></target>'
    unit = f'<trans-unit id="p" datatype="html">{source}{target}</trans-unit>'
    file = f'<xliff><file original="news.storypage:1" target-language="en"><body>{unit}</body></file></xliff>'
    (entry,) = xliff.read(file).entries
    assert (entry.problem, entry.target) == ("", 'See <a id="a1">one</a>')


def test_utf_16_and_a_byte_order_mark_are_read():
    text = file_of("xliff")[0].decode()
    for encoding in ("utf-8-sig", "utf-16"):
        assert len(exchange.importing.read(text.encode(encoding)).entries) == len(ROWS)
