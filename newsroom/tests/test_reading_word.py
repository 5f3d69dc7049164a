"""Files of Word, WPS and LibreOffice as blocks: counted and equal; and what becomes of all else that they hold."""

import io
from pathlib import Path

import pytest
from PIL import Image

from newsroom.importing.document import (
    Box,
    Cell,
    Heading,
    Listing,
    Note,
    Outcome,
    Paragraph,
    Picture,
    Place,
    Quote,
    Role,
    Table,
    packed,
    said,
    unpacked,
)
from newsroom.importing.reading import reading
from newsroom.importing.reading.docx.numbering import spelt

from . import word_files as word
from .word_files import docx, p, run


FILES = Path(__file__).parent / "files"
PICTURES = (("rP1", "image", "media/one.png"), ("rP2", "image", "media/two.png"))
MEDIA = {"word/media/one.png": word.png("#135"), "word/media/two.png": word.png("#531")}


def read(content, tmp_path, name="file.docx"):
    path = tmp_path / "file"
    path.write_bytes(content)
    return reading.document(path, name)


def kinds(document):
    return [type(block).__name__ for block in document.blocks]


def texts(blocks):
    return [block.text for block in blocks if isinstance(block, Paragraph | Quote)]


def found(document, kind=None):
    """{(kind, outcome): (count, text)} of what was met."""
    return {
        (each.kind, str(each.outcome)): (each.count, each.text)
        for each in document.findings
        if kind in (None, each.kind)
    }


# What three programs write -------------------------------------------------------------------


def test_python_docx(tmp_path):
    document = reading.document(FILES / "python-docx.docx", "python-docx.docx")
    assert kinds(document) == [
        *["Paragraph"] * 4,
        *(
            "Heading",
            "Paragraph",
            "Paragraph",
            "Listing",
            "Listing",
            "Picture",
            "Heading",
            "Table",
            "Quote",
            "Paragraph",
        ),
    ]
    blocks = document.blocks
    assert [block.role for block in blocks[:4]] == [Role.NONE, Role.TITLE, Role.SUBTITLE, Role.NONE]
    assert [(span.text, span.bold, span.href) for span in blocks[5].words][1::2] == [
        ("早读铃", True, ""),
        ("学校主页", False, "https://school.example.org/morning"),
    ]
    assert [(span.text, span.raised) for span in blocks[6].words][1] == ("2", "sub")
    assert [[(said(item.words), item.is_numbered) for item in blocks[place].items] for place in (7, 8)] == [
        [("读一首诗", False), ("讲一个故事", False), ("写一句话", False)],
        [("听", True), ("说", True), ("读", True)],
    ]
    picture, table = blocks[9], blocks[11]
    assert (picture.caption, picture.credit) == ("图1 早读课上的二年级学生。", "林知远 摄")
    assert document.pictures[picture.file].content.startswith(b"\x89PNG")
    assert table.caption == "表1 各年级的早读时间"
    assert table.rows == [
        [Cell("年级", rows=2), Cell("早读", columns=2)],
        [Cell("开始"), Cell("结束")],
        [Cell("一年级"), Cell("7:40"), Cell("8:00")],
        [Cell("二年级"), Cell("7:35"), Cell("8:00")],
    ]
    assert found(document, "header") == {("header", "dropped"): (1, "书声巷小学 内部资料")}


def test_libreoffice():
    document = reading.document(FILES / "libreoffice.docx", "libreoffice.docx")
    assert kinds(document) == [
        *("Paragraph", "Heading", "Paragraph", "Listing", "Picture", "Box", "Paragraph", "Table", "Paragraph", "Note")
    ]
    title, _heading, text, listing, picture, *_rest = document.blocks
    assert (title.role, text.text) == (Role.TITLE, "云岭村的图书角只有一张旧课桌[1]，如今摆着三百本书。")
    assert [(said(item.words), item.depth) for item in listing.items] == [("绘本", 0), ("科普绘本", 1), ("童话", 0)]
    assert (picture.alt, picture.caption, picture.is_floating) == ("木架上的书", "孩子们在图书角看书", True)
    assert document.blocks[-1].mark == "[1]"
    assert {each.kind: str(each.outcome) for each in document.findings} == {
        "deleted": "dropped",
        "inserted": "kept",
        "hidden": "dropped",
        "comment": "dropped",
        "header": "dropped",
        "footer": "dropped",
        "page-number": "dropped",
        "box": "changed",
        "merged": "changed",
        "footnote": "changed",
        "numbering": "kept",
        "picture": "kept",
        "floating": "changed",
        "alt-text": "kept",
        "indent": "changed",  # LibreOffice writes a tab before a footnote
    }


def test_wps(tmp_path):
    """Text boxes, numbering, merged cells, pictures in line and floating, soft breaks."""
    document = read(
        docx(
            p(word.box(p("云岭教育", props=word.CENTRED))),
            p(
                run("操场边的", '<w:b/><w:sz w:val="44"/>'),
                run("气象站", '<w:b/><w:sz w:val="44"/>'),
                props=word.CENTRED,
            ),
            p("六年级的孩子们每天清晨都会记录气温，三年没有间断过一天，连假期里也有人轮流值守。", style="4"),
            p("从一支温度计开始", style="3", props=word.listed(1)),
            p(
                "　　第一支温度计是科学老师带来的。",
                word.BREAK,
                "　　第二年，孩子们有了自己的百叶箱，",
                word.BREAK,
                "也有了风向标。",
            ),
            p("准备", props=word.listed(1, 1)),
            p("看", style="7"),
            p("记", style="7"),
            p("文具", props=word.listed(3)),
            p("铅笔", props=word.listed(3, 1)),
            p(word.inline("rP1", "百叶箱旁的孩子")),
            p("孩子们在读数（何小禾 摄）", props=word.CENTRED),
            p(word.floating("rP2"), "数据都写进一本厚厚的记录本里。"),
            word.tbl(
                word.tc("月份", props=word.DOWN) + word.tc("气温", props=word.SPAN),
                word.tc(props=word.BELOW) + word.tc("最高") + word.tc("最低"),
                word.tc("三月") + word.tc("21") + word.tc("9"),
            ),
            p("注：单位为摄氏度。"),
            relations=PICTURES,
            parts=MEDIA,
        ),
        tmp_path,
    )
    assert document.program == "WPS Office_12.1"
    box, title, lead, heading, first, second, written, listing, bullets, picture, text, other, table = document.blocks
    assert isinstance(box, Box)
    assert texts(box.blocks) == ["云岭教育"]
    assert (title.text, title.look.size, title.look.centred) == ("操场边的气象站", 22, True)
    assert lead.role == Role.STANDFIRST
    assert (heading.text, heading.level, heading.is_styled) == ("一、从一支温度计开始", 2, True)
    assert first.text == "第一支温度计是科学老师带来的。"
    assert second.text == "第二年，孩子们有了自己的百叶箱，\n也有了风向标。"
    assert written.text == "（一）准备"
    assert [(said(item.words), item.is_numbered) for item in listing.items] == [("看", True), ("记", True)]
    assert [(said(item.words), item.depth) for item in bullets.items] == [("文具", 0), ("铅笔", 1)]
    assert (picture.alt, picture.caption, picture.credit) == ("百叶箱旁的孩子", "孩子们在读数", "何小禾 摄")
    assert text.text == "数据都写进一本厚厚的记录本里。"
    assert (other.is_floating, len(document.pictures)) == (True, 2)
    assert table.rows == [
        [Cell("月份", rows=2), Cell("气温", columns=2)],
        [Cell("最高"), Cell("最低")],
        [Cell("三月"), Cell("21"), Cell("9")],
    ]
    assert table.note == "注：单位为摄氏度。"
    assert ("lost", "dropped") not in found(document)


# The inventory -------------------------------------------------------------------------------


ALL = {  # what stands in a paragraph: (words before and after it, kind, outcome, text)
    "insertion": (f"<w:ins>{run('新')}</w:ins>", "甲新乙", "inserted", "kept", "新"),
    "deletion": ("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "甲乙", "deleted", "dropped", "旧"),
    "move here": (f"<w:moveTo>{run('移')}</w:moveTo>", "甲移乙", "moved", "kept", "移"),
    "format": ('<w:r><w:rPr><w:rPrChange w:id="1"/></w:rPr><w:t>中</w:t></w:r>', "甲中乙", "format-change", "kept", ""),
    "hidden": (run("藏", "<w:vanish/>"), "甲乙", "hidden", "dropped", "藏"),
    "hidden picture": (f"<w:r><w:rPr><w:vanish/></w:rPr>{word.inline('rEmf')[5:]}", "甲乙", "hidden", "dropped", ""),
    "marked": (run("亮", '<w:highlight w:val="yellow"/>'), "甲亮乙", "decoration", "dropped", ""),
    "equation": ("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", "甲x+y乙", "equation", "changed", "x+y"),
    "old equation": ('<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>', "甲乙", "equation", "dropped", "Equation.3"),
    "embedded": ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', "甲乙", "embedded", "dropped", "Excel.Sheet.12"),
    "shape": (word.shape(), "甲乙", "shape", "dropped", ""),
    "chart": ('<w:r><w:drawing><wp:inline><c:chart r:id="rChart"/></wp:inline></w:drawing></w:r>', "甲乙", "chart", "dropped", "借阅量"),
    "contents": (word.field("TOC", run("目录……1")), "甲乙", "contents", "dropped", ""),
    "page number": (word.field("PAGE", run("7")), "甲乙", "page-number", "dropped", ""),
    "date": (word.field("DATE", run("3月2日")), "甲3月2日乙", "field", "changed", "DATE"),
    "included": (word.field("INCLUDETEXT &quot;C:/a&quot;"), "甲乙", "linked-file", "dropped", 'INCLUDETEXT "C:/a"'),
    "circled": (word.field(r"EQ \o\ac(○,3)"), "甲③乙", None, None, None),
    "pinyin": (
        f"<w:r><w:ruby><w:rt>{run('yún')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>",
        *("甲云乙", "ruby", "dropped", "yún"),
    ),
    "placeholder": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt>",
        *("甲乙", "placeholder", "dropped", "单击输入"),
    ),
    "control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('选')}</w:sdtContent></w:sdt>", "甲选乙", None, None, None),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "甲乙", "symbol", "dropped", "Wingdings F04A"),
    "tick": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "甲✓乙", None, None, None),
    "link": (f'<w:hyperlink r:id="rWeb">{run("网")}</w:hyperlink>', "甲网乙", "link", "kept", "https://www.example.org/"),
    "link by field": (word.field('HYPERLINK "https://www.example.org/"', run("网")), "甲网乙", "link", "kept", "https://www.example.org/"),
    "script": (f'<w:hyperlink r:id="rScript">{run("点")}</w:hyperlink>', "甲点乙", "unsafe-link", "dropped", "javascript:alert(1)"),
    "file": (f'<w:hyperlink r:id="rFile">{run("盘")}</w:hyperlink>', "甲盘乙", "unsafe-link", "dropped", "file:///C:/a.docx"),
    "bookmark": (f'<w:hyperlink w:anchor="b">{run("见上")}</w:hyperlink>', "甲见上乙", "inner-link", "dropped", "见上"),
    "picture elsewhere": (word.inline("rElsewhere"), "甲乙", "remote-picture", "dropped", "https://www.example.org/a.png"),
    "drawing": (word.inline("rEmf"), "甲乙", "odd-picture", "dropped", "EMF"),
    "damaged": (word.inline("rBroken"), "甲乙", "damaged-picture", "dropped", ""),
    "unknown": (f"<w:madeUp>{run('怪')}</w:madeUp>", "甲乙", "unknown", "dropped", "w:madeUp 怪"),
    "soft hyphen": ("<w:r><w:softHyphen/><w:noBreakHyphen/></w:r>", "甲-乙", None, None, None),
}  # fmt: skip
OTHERS = [
    ("rWeb", "hyperlink", "https://www.example.org/"),
    ("rScript", "hyperlink", "javascript:alert(1)"),
    ("rFile", "hyperlink", "file:///C:/a.docx"),
    ("rElsewhere", "image", "https://www.example.org/a.png"),
    ("rEmf", "image", "media/a.emf"),
    ("rBroken", "image", "media/b.png"),
    ("rChart", "chart", "charts/chart1.xml"),
]
PARTS = {
    "word/media/a.emf": b"\x01\x00\x00\x00" + b"\0" * 60,
    "word/media/b.png": b"no picture",
    "word/charts/chart1.xml": word.element("chart", "<a:t>借阅量</a:t>"),
}


@pytest.mark.parametrize("name", ALL)
def test_what_stands_within_words(name, tmp_path):
    """What is kept, changed or left out is told of; what stands around it is always there."""
    inner, text, kind, outcome, quoted = ALL[name]
    document = read(docx(p("甲", inner, "乙"), relations=OTHERS, parts=PARTS), tmp_path)
    assert texts(document.blocks) == [text]
    noted = {key: value for key, value in found(document).items() if key[0] != "unused-picture"}
    assert noted == ({(kind, outcome): (1, quoted)} if kind else {})


def test_what_stands_beside_the_text(tmp_path):
    comment = word.element("comments", f'<w:comment w:id="0" w:author="编辑甲">{p("请核对")}</w:comment>')
    note = word.element(
        "endnotes",
        f'<w:endnote w:type="separator" w:id="-1">{p()}</w:endnote><w:endnote w:id="1">{p("见年鉴。")}</w:endnote>',
    )
    watermark = '<v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="草稿"/></v:shape>'
    document = read(
        docx(
            p("正文", '<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:commentReference w:id="0"/></w:r>'),
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p('第一节')}</w:sdtContent></w:sdt>",
            p("第二节 2", style="6"),
            relations=[
                *(
                    ("rC", "comments", "comments.xml"),
                    ("rN", "endnotes", "endnotes.xml"),
                    ("rH", "header", "header1.xml"),
                ),
                ("rF", "footer", "footer1.xml"),
            ],
            parts={
                "word/comments.xml": comment,
                "word/endnotes.xml": note,
                "word/header1.xml": word.element("hdr", p("内部", word.vml(watermark))),
                "word/footer1.xml": word.element(
                    "ftr", p("第", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
                ),
                "word/vbaProject.bin": b"program",
                "word/activeX/activeX1.xml": "<a/>",
                "word/embeddings/oleObject1.bin": b"file",
                "word/media/unused.png": word.png(),
                "word/_rels/settings.xml.rels": word.relationships([("r1", "attachedTemplate", "file:///C:/t.dotm")]),
                "word/settings.xml": word.element("settings", ""),
                "word/_rels/document.xml.rels": word.relationships(
                    [
                        *(("rC", "comments", "comments.xml"), ("rN", "endnotes", "endnotes.xml")),
                        *(
                            ("rH", "header", "header1.xml"),
                            ("rF", "footer", "footer1.xml"),
                            ("rS", "settings", "settings.xml"),
                        ),
                        ("rStyles", "styles", "styles.xml"),
                    ]
                ),
            },
        ),
        tmp_path,
    )
    assert texts(document.blocks) == ["正文[1]"]
    assert document.blocks[0].words[1].raised == "sup"
    assert isinstance(document.blocks[1], Note)
    assert found(document) == {
        ("endnote", "changed"): (1, "[1] 见年鉴。"),
        ("contents", "dropped"): (2, ""),
        ("comment", "dropped"): (1, "编辑甲: 请核对"),
        ("header", "dropped"): (1, "内部"),
        ("watermark", "dropped"): (1, "草稿"),
        ("footer", "dropped"): (1, "第1"),
        ("page-number", "dropped"): (1, ""),
        ("macro", "dropped"): (1, ""),
        ("active", "dropped"): (1, "activex1.xml"),
        ("embedded", "dropped"): (1, "oleobject1.bin"),
        ("unused-picture", "dropped"): (1, "unused.png"),
        ("linked-file", "dropped"): (1, "file:///C:/t.dotm"),
    }
    assert next(each.places for each in document.findings if each.kind == "comment") == (Place(1),)


def test_what_was_drawn(tmp_path):
    smart = word.element("data", "<dgm:pt><a:t>计划</a:t></dgm:pt><dgm:pt><a:t>行动</a:t></dgm:pt>")
    smart_art = '<w:r><w:drawing><wp:inline><dgm:relIds r:dm="rD"/></wp:inline></w:drawing></w:r>'
    crop = '<a:srcRect l="10000"/>'
    document = read(
        docx(
            p(word.vml('<v:shape><v:textpath string="艺术字标题"/></v:shape>')),
            p(smart_art),
            p(word.inline("rP1", crop=crop)),
            p(word.vml('<v:shape style="position:absolute" alt="校门"><v:imagedata r:id="rP2"/></v:shape>')),
            relations=[*PICTURES, ("rD", "diagramData", "diagrams/data1.xml")],
            parts={**MEDIA, "word/diagrams/data1.xml": smart},
        ),
        tmp_path,
    )
    art, nodes, cropped, old = document.blocks
    assert texts(art.blocks) == ["艺术字标题"]
    assert [said(item.words) for item in nodes.items] == ["计划", "行动"]
    assert (cropped.alt, old.alt, old.is_floating) == ("", "校门", True)
    assert {("word-art", "changed"), ("smart-art", "changed"), ("cropped", "changed")} <= set(found(document))


def test_paragraphs_that_go_on(tmp_path):
    """A deleted end of a paragraph, and a large first letter."""
    document = read(
        docx(
            p("上半句，", props="<w:rPr><w:del w:id='1'/></w:rPr>"),
            p("下半句。"),
            p("春", props='<w:framePr w:dropCap="drop"/>'),
            p("天来了。"),
        ),
        tmp_path,
    )
    assert texts(document.blocks) == ["上半句，下半句。", "春天来了。"]


@pytest.mark.parametrize(
    ("rows", "kind", "expected"),
    [
        ([word.tc("框里的话。")], Box, ["框里的话。"]),
        (
            [word.tc(p(word.inline("rP1"))) + word.tc(p(word.inline("rP2"))), word.tc("左图") + word.tc("右图")],
            Picture,
            None,
        ),
    ],
)
def test_tables_that_only_place_things(rows, kind, expected, tmp_path):
    document = read(docx(p("前文。"), word.tbl(*rows), relations=PICTURES, parts=MEDIA), tmp_path)
    first = document.blocks[1]
    assert type(first) is kind
    assert ("layout-table", "changed") in found(document)
    if expected:
        assert texts(first.blocks) == expected
    else:
        assert [type(block) for block in document.blocks[1:]] == [Picture, Paragraph, Picture, Paragraph]


def test_tables_with_pictures_and_tables_in_cells(tmp_path):
    long = "这一格里写着一段长长的文字，它显然不是哪一张图片的说明，所以这张表格是一张真正的表格，不是用来排版的，六十个字以上才算得上长，这里已经足够了。"
    inner = word.tbl(word.tc("内一") + word.tc("内二"))
    document = read(
        docx(
            word.tbl(word.tc(long) + word.tc(p(word.inline("rP1"))), word.tc(inner + p()) + word.tc("完")),
            relations=PICTURES,
            parts=MEDIA,
        ),
        tmp_path,
    )
    table, picture = document.blocks
    assert [[cell.text for cell in row] for row in table.rows] == [[long, ""], ["内一 内二", "完"]]
    assert isinstance(picture, Picture)
    assert {("cell-picture", "changed"), ("nested-table", "changed")} <= set(found(document))


def test_headings_by_look(tmp_path):
    bold, large, black = "<w:b/>", '<w:sz w:val="28"/>', '<w:rFonts w:eastAsia="黑体"/>'
    body = "操场上的风吹过一排新栽的树，孩子们在树下量自己的影子，记下一天里最短的那一刻。"
    document = read(
        docx(
            *(
                p(body),
                p(run("影子的长短", bold)),
                p(body),
                p(run("一天的记录", large)),
                p(body),
                p(run("二、黑体小标题", black)),
            ),
            *(
                p(body),
                p(run("这一句加粗了，可它是一句话。", bold)),
                p("三、只有序号的标题"),
                p(body),
                p("2026年3月2日"),
            ),
            p(run("一段" + "很长的加粗文字" * 8, bold)),
        ),
        tmp_path,
    )
    headings = [(block.text, block.level, block.is_styled) for block in document.blocks if isinstance(block, Heading)]
    assert headings == [
        ("影子的长短", 2, False),
        ("一天的记录", 2, False),
        ("二、黑体小标题", 2, False),
        ("三、只有序号的标题", 2, False),
    ]
    assert found(document, "heading-by-look")[("heading-by-look", "changed")]


def test_nothing_of_a_document_is_lost_on_its_way_to_another_process(tmp_path):
    document = reading.document(FILES / "python-docx.docx", "python-docx.docx")
    again = unpacked(packed(document))
    again.pictures = document.pictures
    assert again == document
    assert again.findings[0].outcome in Outcome


@pytest.mark.parametrize(
    ("count", "format", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "decimalEnclosedCircle", "⑫"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalFullWidth", "７"),
        (7, "nobody knows", "7"),
    ],
)
def test_numbers_as_lists_write_them(count, format, text):
    assert spelt(count, format) == text


def test_a_list_that_goes_on_after_other_text_keeps_its_numbers(tmp_path):
    document = read(
        docx(p("甲", props=word.listed(2)), p("乙", props=word.listed(2)), p("插话。"), p("丙", props=word.listed(2))),
        tmp_path,
    )
    assert isinstance(document.blocks[0], Listing)
    assert texts(document.blocks) == ["插话。", "3. 丙"]
    assert Table not in map(type, document.blocks)


def test_a_document_of_the_strict_kind_in_utf_16(tmp_path):
    """Its namespaces are others, and XML may be UTF-16."""
    strict = word.element("document", f"<w:body>{p('严格的文件。')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    content = strict.replace("UTF-8", "UTF-16").encode("utf-16")
    assert texts(read(docx(parts={"word/document.xml": content}), tmp_path).blocks) == ["严格的文件。"]


def test_pictures_of_other_kinds(tmp_path):
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "#159").save(file, "BMP")
    document = read(
        docx(
            p("甲", word.inline("rP1"), word.inline("rP2"), word.inline("rP1")),
            relations=PICTURES,
            parts={"word/media/one.png": file.getvalue(), "word/media/two.png": word.png(size=(9, 9))},
        ),
        tmp_path,
    )
    first, second = document.blocks[1:]
    assert first.file == second.file
    assert document.pictures[first.file].content.startswith(b"\x89PNG")
    assert {("converted-picture", "changed"), ("tiny-picture", "dropped")} <= set(found(document))


def test_what_nobody_took_is_counted(tmp_path):
    """Words where the standard has none, in an element that says nothing."""
    document = read(docx(p("甲", f"<w:proofErr>{run('丢了三')}</w:proofErr>", "乙")), tmp_path)
    assert texts(document.blocks) == ["甲乙"]
    assert found(document) == {("lost", "dropped"): (3, "")}


def test_a_video_and_a_model_are_named_and_their_pictures_kept(tmp_path):
    video = word.inline("r1").replace(
        "<a:blip ",
        '<v15:webVideoPr xmlns:v15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"/><a:blip ',
    )
    model = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="am3d"><w:drawing><m:model3d xmlns:m="urn:model"/></w:drawing></mc:Choice>'
        f"<mc:Fallback>{word.inline('r2')[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    pictures = {"word/media/1.png": word.png("#111"), "word/media/2.png": word.png("#222")}
    relations = [("r1", "image", "media/1.png"), ("r2", "image", "media/2.png")]
    document = read(docx(p("甲", video), p("乙", model), relations=relations, parts=pictures), tmp_path)
    assert len(document.pictures) == 2
    embedded = [each for each in document.findings if each.kind == "embedded"]
    assert [(str(each.outcome), each.text) for each in embedded] == [("dropped", ""), ("dropped", "3D")]
