"""Plain text in its encodings, pages of HTML, and what is pasted from Word, WPS and 公众号."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.fuzzing import examples
from newsroom.importing.document import (
    Box,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Place,
    Quote,
    Role,
    Span,
    Table,
    said,
)
from newsroom.importing.met import Refusal, Refused
from newsroom.importing.reading.ledger import Ledger
from newsroom.importing.reading.pictures import Pictures
from newsroom.importing.reading.plain import decoded
from newsroom.importing.reading.tidying import Tidied, one_line, tidied

from . import word_files as word
from .test_reading_word import found, kinds, read, texts


TEXT = "书声巷小学的早读\n\n　　每天七点四十分，铃声准时响起。\n\n　　孩子们翻开了课本，读的是一首写春天的诗。\n"


def page(body, tmp_path, head=""):
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), tmp_path, "page.html")


def data(content):
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


# Plain text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("gb18030", b"\x84\x31\x95\x33"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("big5", b""),
    ],
)
def test_encodings_of_text(encoding, mark, tmp_path):
    text = TEXT if encoding != "big5" else "國小的早讀時間\n\n每天七點四十分，鈴聲準時響起，孩子們翻開了課本。\n"
    document = read(mark + text.encode(encoding), tmp_path, "早读.txt")
    assert [block.text for block in document.blocks][1].startswith("每天七")
    assert "\ufeff" not in document.blocks[0].text
    assert document.encoding.startswith(encoding.upper().removesuffix("-LE").removesuffix("-BE"))


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"\xff\xd8\xff\xe0" * 40, bytes(range(128, 256)) * 3])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(Refused) as refused:
        decoded(content)
    assert refused.value.refusal is Refusal.NOT_TEXT


def test_lines_of_text(tmp_path):
    """Indents and blank lines part paragraphs; short lines before a sentence are headings; each knows its line."""
    document = read(TEXT.encode(), tmp_path, "a.txt")
    assert [(type(block).__name__, block.text, block.place) for block in document.blocks] == [
        ("Heading", "书声巷小学的早读", Place(1)),
        ("Paragraph", "每天七点四十分，铃声准时响起。", Place(3)),
        ("Paragraph", "孩子们翻开了课本，读的是一首写春天的诗。", Place(5)),
    ]
    assert document.unit == "line"


def test_lines_that_a_program_broke_are_joined(tmp_path):
    sentence = (
        "每天清晨孩子们都会来到操场边的百叶箱旁边读出昨夜的最低气温再把它写进一本厚厚的本子里这件事已经坚持了整整三年。"
    )
    lines = [sentence[place : place + 20] for place in range(0, len(sentence), 20)]
    document = read("\r\n".join([*lines, "　　第二段从这里开始。"]).encode(), tmp_path, "a.txt")
    assert texts(document.blocks) == [sentence, "第二段从这里开始。"]
    assert document.blocks[0].place == Place(1, 3)


def test_headings_of_text_are_in_pairs_and_never_a_sentence_that_was_cut_off(tmp_path):
    body = "这是一段完整的话，它有头有尾，说的是同一件事情。"
    cut = "为了让孩子们看见更远的地方，去年学校"
    document = read(
        "\n\n".join(
            [
                "高处着眼",
                "把好学校办到家门口",
                body,
                cut,
                body,
                "一张照片",
                "两张照片",
                "三张照片",
                body,
                "记者 林知远",
                body,
            ]
        ).encode(),
        tmp_path,
        "a.txt",
    )
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["高处着眼", "把好学校办到家门口"]


def test_typed_bullets_are_a_list(tmp_path):
    document = read("要带的东西：\n\n● 铅笔\n\n● 本子\n\n●尺子\n\n· 只有一个点\n".encode(), tmp_path, "a.txt")
    assert kinds(document) == ["Paragraph", "Listing", "Paragraph"]
    assert [said(item.words) for item in document.blocks[1].items] == ["铅笔", "本子", "尺子"]
    assert document.blocks[1].place == Place(3, 7)


# Blanks and breaks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("　　两个字的缩进。", ["两个字的缩进。"]),
        ("源头活水 受益一生", ["源头活水 受益一生"]),
        ("书声巷　　　小学\t的", ["书声巷 小学 的"]),
        ("有空格 ，也有“ 引号 ”。", ["有空格，也有“引号”。"]),
        ("第一段结束了。\n　　第二段开始。", ["第一段结束了。", "第二段开始。"]),
        (
            "这一行很长很长很长很长很长很长很长很长\n所以下一行接着它",
            ["这一行很长很长很长很长很长很长很长很长所以下一行接着它"],
        ),
        ("床前明月光，\n疑是地上霜。", ["床前明月光，\n疑是地上霜。"]),
        ("one two\u00a0three", ["one two three"]),
        (" \u3000\n\n", []),
    ],
)
def test_blanks_and_breaks(typed, paragraphs):
    assert [said(words) for words in tidied([Span(typed)], Tidied())] == paragraphs


@settings(max_examples=examples(100))
@given(st.lists(st.builds(Span, text=st.text("甲乙，。“” \u3000\t\nab", max_size=12), bold=st.booleans()), max_size=6))
def test_tidying_loses_no_word_and_changes_nothing_twice(words):
    done = tidied(words, Tidied())
    assert "".join("".join(said(each).split()) for each in done) == "".join(said(words).split())
    for paragraph in done:
        assert one_line(one_line(paragraph)) == one_line(paragraph)


# Pages ---------------------------------------------------------------------------------------


def test_a_page(tmp_path):
    document = page(
        "<nav>首页</nav><main><h1>早读</h1><p>第一段<b>重点</b>和<a href='https://www.example.org/a'>链接</a>。<br>　　第二段。</p>"
        "<ul><li>甲<ol><li>甲一</li></ol></li><li>乙</li></ul><blockquote><p>一句引文</p></blockquote>"
        f"<figure><img src='{data(word.png())}' alt='校门'><figcaption>校门（何小禾 摄）</figcaption></figure>"
        "<table><caption>各班</caption><thead><tr><th rowspan=2>班</th><th colspan=2>人</th></tr><tr><th>男</th><th>女</th></tr></thead>"
        "<tr><td>一</td><td>2</td><td>3</td></tr></table></main>",
        tmp_path,
        "<title>早读</title>",
    )
    assert kinds(document) == ["Heading", "Paragraph", "Paragraph", "Listing", "Quote", "Picture", "Table"]
    heading, first, second, listing, quote, picture, table = document.blocks
    assert (heading.level, heading.text, second.text, quote.text) == (1, "早读", "第二段。", "一句引文")
    assert [(span.text, span.bold, span.href) for span in first.words] == [
        *(("第一段", False, ""), ("重点", True, ""), ("和", False, ""), ("链接", False, "https://www.example.org/a")),
        ("。", False, ""),
    ]
    assert [(said(item.words), item.depth, item.is_numbered) for item in listing.items] == [
        *(("甲", 0, False), ("甲一", 1, True), ("乙", 0, False))
    ]
    assert (picture.alt, picture.caption, picture.credit) == ("校门", "校门", "何小禾 摄")
    assert (table.caption, table.head, [len(row) for row in table.rows]) == ("各班", 2, [2, 2, 3])
    assert (table.rows[0][0].rows, table.rows[0][1].columns) == (2, 2)


@pytest.mark.parametrize(
    ("body", "kind", "outcome", "text"),
    [
        ("<a href='javascript:alert(1)'>点</a>", "unsafe-link", "dropped", "javascript:alert(1)"),
        ("<a href='file:///etc/passwd'>点</a>", "unsafe-link", "dropped", "file:///etc/passwd"),
        ("<a href='//evil.example/x'>点</a>", "unsafe-link", "dropped", "//evil.example/x"),
        ("<a href='#a'>点</a>", "inner-link", "dropped", "点"),
        ("<img src='https://mmbiz.example/1.jpg'>", "remote-picture", "dropped", "https://mmbiz.example/1.jpg"),
        ("<img src='file:///C:\\Users\\x\\1.png'>", "remote-picture", "dropped", "1.png"),
        ("<img src='data:image/png;base64,AAAA'>", "damaged-picture", "dropped", ""),
        ("<script>alert(1)</script>", "active", "dropped", ""),
        ("<iframe src='https://v.example/1'></iframe>", "embedded", "dropped", "https://v.example/1"),
        ("<span style='display:none'>藏</span>", "hidden", "dropped", "藏"),
        ("<del>旧</del>", "deleted", "dropped", "旧"),
        ("<ins>新</ins>", "inserted", "kept", "新"),
        ("<u>线</u>", "decoration", "dropped", ""),
        ("<svg><text>图</text></svg>", "shape", "dropped", "图"),
        ("<button>提交</button>", "control", "dropped", "提交"),
    ],
)  # fmt: skip
def test_what_stands_within_a_page(body, kind, outcome, text, tmp_path):
    document = page(f"<p>甲{body}乙</p>", tmp_path)
    assert document.blocks[0].text[0] + document.blocks[0].text[-1] == "甲乙"
    assert found(document) == {(kind, outcome): (1, text)}


def test_pasted_from_word(tmp_path):
    """Its lists are paragraphs with a mark; its footnotes stand at the end; its pictures are files of a computer."""
    item = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp;</span></span>{}</p>"
    document = page(
        "<p class=MsoTitle align=center>早读的\r\n时光</p><p class=MsoNormal>正文<a href='#_ftn1'><span>[1]</span></a><o:p></o:p></p>"
        + item.format(1, "·", "铅笔")
        + item.format(2, "o", "红铅笔")
        + item.format(1, "·", "本子")
        + "<p class=MsoCaption>图说</p><div style='mso-element:footnote-list'><div style='mso-element:footnote'>"
        "<p class=MsoFootnoteText>[1] 见年鉴。</p></div></div><div style='mso-element:comment-list'>批注</div>",
        tmp_path,
    )
    title, text, listing, caption, note = document.blocks
    assert (title.role, title.text, title.look.centred, caption.role) == (Role.TITLE, "早读的时光", True, Role.CAPTION)
    assert text.text == "正文[1]"
    assert isinstance(listing, Listing)
    assert [(said(each.words), each.depth) for each in listing.items] == [("铅笔", 0), ("红铅笔", 1), ("本子", 0)]
    assert isinstance(note, Note)
    assert (note.mark, said(note.words)) == ("[1]", "见年鉴。")
    assert ("comment", "dropped") in found(document)


def test_pasted_from_wps(tmp_path):
    """It writes what words look like into each of them."""
    big = "font-family:方正小标宋;font-weight:bold;font-size:22.0000pt;mso-font-kerning:1.0000pt;"
    document = page(
        f'<p class=MsoNormal align=center style="text-align:center;"><b><span style="{big}">操场边的气象站</span></b></p>'
        '<p class=MsoNormal style="text-indent:21.0000pt;"><span style="mso-spacerun:\'yes\';font-family:宋体;font-size:10.5000pt;">'
        "每天清晨都有人来读数，三年没有间断过。</span></p>"
        '<p class=MsoNormal><b><span style="font-family:宋体;font-weight:bold;font-size:10.5000pt;">一支温度计</span></b></p>'
        '<p class=MsoNormal><span style="font-family:宋体;font-size:10.5000pt;">它是科学老师带来的，从此班里有了值日表。</span></p>',
        tmp_path,
    )
    title, _text, heading, _other = document.blocks
    assert (title.look.size, title.look.centred, title.look.bold) == (22.0, True, True)
    assert isinstance(heading, Heading)


def test_a_page_of_an_official_account(tmp_path):
    picture = data(word.png("#777"))
    document = page(
        "<h1 id='activity-name'> 早读的 时光 </h1><a id='js_name'>书声巷发布</a><em id='publish_time'>2026-03-02</em>"
        "<div id='js_content' style='visibility: hidden;'><p>点击上方蓝字关注我们</p>"
        "<section style='text-align:center'><section><p><strong>从铃声说起</strong></p></section></section>"
        "<section><p>　　每天七点四十分，铃声准时响起，孩子们翻开课本。</p></section>"
        f"<p><img data-src='https://mmbiz.example/a.png' src='{picture}'></p><p style='text-align:center'>▲ 早读中的孩子</p>"
        "<p>-END-</p></div>",
        tmp_path,
    )
    assert (document.title, document.source) == ("早读的 时光", "书声巷发布")
    assert kinds(document) == ["Paragraph", "Heading", "Paragraph", "Picture"]
    assert (document.blocks[0].role, document.blocks[0].place) == (Role.TITLE, Place())
    assert document.blocks[3].caption == "早读中的孩子"
    left_out = [each.text for each in document.findings if each.kind == "boilerplate"]
    assert left_out == ["点击上方蓝字关注我们", "-END-"]
    assert found(document, "date") == {("date", "dropped"): (1, "2026-03-02")}


@settings(max_examples=examples(60))
@given(st.text("<>/=\"' abpdivtrliulimgsrc甲乙。&;#\n", max_size=200))
def test_any_markup_is_read(markup):
    from newsroom.importing.reading import html

    try:
        document = html.read(markup.encode(), Ledger(), Pictures(Ledger()))
    except Refused as refused:
        assert refused.refusal is Refusal.EMPTY  # noqa: PT017 (whether there is a text depends on the example)
        return
    assert all(
        isinstance(each, Box | Heading | Listing | Paragraph | Picture | Quote | Table) for each in document.blocks
    )


def test_what_stands_around_the_text_of_a_page_is_told_of(tmp_path):
    document = page("<div>登录 注册</div><h1>早读</h1><article><p>正文。</p></article><div>版权所有</div>", tmp_path)
    assert [(block.role, block.text) for block in document.blocks] == [(Role.TITLE, "早读"), (Role.NONE, "正文。")]
    assert found(document) == {("boilerplate", "dropped"): (1, "登录 注册 版权所有")}
