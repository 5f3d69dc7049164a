"""XLIFF 2 as programs give it back: cut into segments, with codes cut in two, with marks of their own. No database."""

import pytest
from django.utils import translation
from lxml import etree

from core.segments import Segment, source_hash
from languages.exchange import BadFile
from languages.exchange.importing import read

from .test_exchange_files import RICH, RICH_EN, file_of, row


NS = "urn:oasis:names:tc:xliff:document:2.0"


def read_unit(inside, attributes='type="edu:html"', version="2.0"):
    """The entry of a file with one unit."""
    unit = f'<unit id="u1" name="p" {attributes}>{inside}</unit>'
    file = f'<file id="f1" original="news.storypage:1">{unit}</file>'
    ours = 'xmlns:edu="urn:eduportal:exchange:1"'
    text = f'<xliff xmlns="{NS}" {ours} version="{version}" srcLang="zh-Hans" trgLang="en-GB">{file}</xliff>'
    (entry,) = read(text.encode()).entries
    return entry


def segment(source, target, attributes=""):
    return f"<segment {attributes}><source>{source}</source><target>{target}</target></segment>"


LINK = '<pc id="a1" type="link" subType="edu:a">'


def test_segments_of_a_program_are_joined_with_what_stands_between():
    inside = (
        segment(f"见{LINK}通知</pc>。", f"See {LINK}it</pc>.", 'state="translated"')
        + "<ignorable><source> </source></ignorable>"
        + segment("三项新规。", "Three rules.", 'state="final"')
        + "<ignorable><source>\n</source><target> </target></ignorable>"
        + segment("完", "End", 'state="reviewed"')
    )
    entry = read_unit(inside)
    assert entry.source == '见<a id="a1">通知</a>。 三项新规。\n完'
    assert entry.target == 'See <a id="a1">it</a>. Three rules. End'
    assert entry.hash == source_hash(Segment("p", entry.source, "html", ""))
    assert (entry.path, entry.is_confirmed, entry.is_draft) == ("p", True, False)


def test_a_translation_may_have_another_order():
    first = "<segment><source>一。</source><target order='3'>One.</target></segment>"
    space = "<ignorable><source> </source></ignorable>"
    second = "<segment><source>二。</source><target order='1'>Two.</target></segment>"
    entry = read_unit(first + space + second)
    assert (entry.source, entry.target) == ("一。 二。", "Two. One.")
    for bad in ("0", "99", "1", "x", "9" * 40):
        assert sorted(read_unit((first + space + second).replace("'3'", f"'{bad}'")).target) == sorted("Two. One.")


@pytest.mark.parametrize(
    ("states", "is_confirmed", "is_draft"),
    [
        (("translated", "final"), True, False),
        (("final", "initial"), False, True),
        (("", "final"), False, False),
        (("", ""), False, False),
    ],
)
def test_a_unit_is_as_far_as_the_least_of_its_segments(states, is_confirmed, is_draft):
    inside = "".join(segment("字", "Word ", f'state="{state}"' if state else "") for state in states)
    entry = read_unit(inside)
    assert (entry.is_confirmed, entry.is_draft) == (is_confirmed, is_draft)


def test_a_unit_of_which_a_part_is_not_translated_is_unfinished():
    entry = read_unit(
        segment("一。", "One.", 'state="final"') + '<segment state="final"><source>二。</source></segment>'
    )
    assert (entry.target, entry.is_confirmed, entry.is_draft) == ("One.", False, True)
    assert not read_unit("<segment><source>一。</source></segment>").is_draft


def test_a_code_that_was_cut_in_two_is_one_again():
    inside = segment('见<sc id="a1" type="link" subType="edu:a"/>一。', 'See <sc id="a1"/>one.') + segment(
        '二<ec startRef="a1"/>。', 'Two<ec startRef="a1"/>.'
    )
    entry = read_unit(inside)
    assert entry.source == '见<a id="a1">一。二</a>。'
    assert entry.target == 'See <a id="a1">one.Two</a>.'
    isolated = inside.replace('<ec startRef="a1"/>', '<ec id="a1" isolated="yes"/>')
    assert read_unit(isolated).target == entry.target


def test_codes_are_known_by_the_source_by_their_type_or_by_their_data():
    data = '<originalData><data id="d1">&lt;sub&gt;</data><data id="d2">&lt;br/&gt;</data></originalData>'
    source = f'{LINK}甲</pc><pc id="9" dataRefStart="d1">乙</pc><ph id="8" dataRef="d2"/>丙'
    target = '<pc id="a1">A</pc><pc id="9">B</pc><ph id="8"/><pc id="7" type="fmt" subType="xlf:b">C</pc>'
    entry = read_unit(data + segment(source, target))
    assert entry.target == '<a id="a1">A</a><sub id="9">B</sub><br id="8"/><b>C</b>'


def test_marks_of_programs_are_left_out_and_strange_codes_refused():
    marked = '<mrk id="m1" type="term">See</mrk> <sm id="m2"/>it<em startRef="m2"/><cp hex="0001"/>'
    assert read_unit(segment("看", marked)).target == "See it"
    assert read_unit(segment("看", '<cp hex="zz"/><cp/><cp hex="D800"/><cp hex="FFFFFFFFFF"/>it')).target == "it"
    for code in ('<pc id="7">it</pc>', '<ec startRef="7"/>', "<b>it</b>", '<ph id="x"/>', '<x id="a1"/>'):
        with translation.override("en"):
            assert "The tag" in read_unit(segment(f"{LINK}看</pc>", code)).problem
    assert "a1" in read_unit(segment(f"{LINK}看</pc>", "it"), 'type="edu:plain"').source


def test_spaces_are_kept():
    entry = read_unit(segment(" 两 行\n", " Two  lines\n"), 'type="edu:plain" xml:space="preserve"')
    assert (entry.source, entry.target) == (" 两 行\n", " Two  lines\n")


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
def test_every_version_of_the_second_kind_is_read(version):
    assert read_unit(segment("看", "See"), version=version).target == "See"


def test_what_is_written_names_its_version_and_protects_links():
    for version in ("2.0", "2.1"):
        content, _out = file_of(f"xliff-{version}", [row("body#k1", RICH, RICH_EN, kind="html")], "zh-hant")
        root = etree.fromstring(content)
        assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == (version, "zh-Hans", "zh-Hant")
    codes = [node for node in root.iter(f"{{{NS}}}pc", f"{{{NS}}}ph") if node.getparent().tag.endswith("source")]
    assert [(node.get("id"), node.get("type"), node.get("subType"), node.get("canDelete")) for node in codes] == [
        ("b.1", "fmt", "xlf:b", None),
        ("a1", "link", "edu:a", "no"),
        ("br.1", "fmt", "xlf:lb", None),
        ("sub.1", "fmt", "edu:sub", None),
        ("a2", "link", "edu:a", "no"),
    ]
    data = {node.get("id"): node.text for node in root.iter(f"{{{NS}}}data")}
    assert [data[code.get("dataRefStart") or code.get("dataRef")] for code in codes[:3]] == [
        "<b>",
        '<a id="a1">',
        "<br/>",
    ]


@pytest.mark.parametrize("language", ["", "zh-Hans", "de", "xx"])
def test_another_language_is_refused(language):
    with pytest.raises(BadFile):
        read(f'<xliff version="2.0" srcLang="zh-Hans" trgLang="{language}"><file id="f"/></xliff>'.encode())
