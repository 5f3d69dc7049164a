"""Makes the files of LibreOffice and python-docx in this folder; they are kept, so this is run only to change them.

    python make_files.py        needs python-docx 1.2, Pillow, and the program soffice of LibreOffice 7.4 or newer

All words are of our own: the school, the people and the figures do not exist.
"""

import base64
import io
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw


HERE = Path(__file__).parent


def picture(colour: str, size: tuple[int, int] = (320, 200)) -> bytes:
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=colour)
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()


def with_python_docx(path: Path) -> None:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt

    def link(paragraph, text, address):
        key = paragraph.part.relate_to(
            address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), key)
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        element.append(run)
        paragraph._p.append(element)

    file = Document()
    file.core_properties.title = "书声巷的早读"
    file.add_paragraph("校园观察")
    file.add_heading("书声巷里的早读课", 0)
    file.add_paragraph("一所小学怎样把晨光还给孩子", style="Subtitle")
    file.add_paragraph("本报记者 林知远 通讯员 何小禾")
    file.add_heading("从铃声说起", 1)
    paragraph = file.add_paragraph("　　每天七点四十分，书声巷小学的")
    paragraph.add_run("早读铃").bold = True
    paragraph.add_run("准时响起，全校二十四个班同时翻开课本。详情见")
    link(paragraph, "学校主页", "https://school.example.org/morning")
    paragraph.add_run("。")
    paragraph = file.add_paragraph("水的分子式是H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O，孩子们在科学角里这样写。")
    for text in ("读一首诗", "讲一个故事", "写一句话"):
        file.add_paragraph(text, style="List Bullet")
    for text in ("听", "说", "读"):
        file.add_paragraph(text, style="List Number")
    file.add_picture(io.BytesIO(picture("#2a6")), width=Inches(3))
    file.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = file.add_paragraph("图1 早读课上的二年级学生。（林知远 摄）", style="Caption")
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.add_heading("数一数", 1)
    file.add_paragraph("表1 各年级的早读时间", style="Caption")
    table = file.add_table(rows=4, cols=3)
    cells = [["年级", "早读", ""], ["", "开始", "结束"], ["一年级", "7:40", "8:00"], ["二年级", "7:35", "8:00"]]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    quote = file.add_paragraph("读书是一件可以带走一生的事。", style="Quote")
    quote.paragraph_format.left_indent = Pt(24)
    file.add_paragraph("责任编辑：沈秋")
    file.sections[0].header.paragraphs[0].text = "书声巷小学 内部资料"
    file.save(path)


FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:style style:name="Title" style:family="paragraph" style:class="chapter">
  <style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1">
  <style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Caption" style:family="paragraph"/>
 <text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
  <text:list-level-style-bullet text:level="2" text:bullet-char="◦"/></text:list-style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
 <style:style style:name="Frame" style:family="graphic"><style:graphic-properties style:wrap="none" text:anchor-type="paragraph"/></style:style>
 <style:page-layout style:name="Sheet"/>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="Sheet">
  <style:header><text:p>内部传阅</text:p></style:header>
  <style:footer><text:p>第<text:page-number/>页</text:p></style:footer>
 </style:master-page>
</office:master-styles>
<office:body><office:text>
<text:tracked-changes>
 <text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>审读员</dc:creator>
  <dc:date>2026-03-02T09:00:00</dc:date></office:change-info><text:p>据说</text:p></text:deletion></text:changed-region>
 <text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>审读员</dc:creator>
  <dc:date>2026-03-02T09:01:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>
<text:p text:style-name="Title">山路尽头的图书角</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">一张旧课桌</text:h>
<text:p>云岭村的图书角只有一张旧课桌<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>课桌由退休教师捐赠。</text:p></text:note-body></text:note>，<text:change text:change-id="c1"/>
<text:change-start text:change-id="c2"/>如今<text:change-end text:change-id="c2"/>摆着<text:span text:style-name="Bold">三百本书</text:span>。\
<office:annotation><dc:creator>编辑甲</dc:creator><dc:date>2026-03-02T10:00:00</dc:date><text:p>请核对册数</text:p></office:annotation>\
<text:span text:style-name="Gone">草稿备注</text:span></text:p>
<text:list text:style-name="Dots"><text:list-item><text:p>绘本</text:p>
 <text:list><text:list-item><text:p>科普绘本</text:p></text:list-item></text:list></text:list-item>
 <text:list-item><text:p>童话</text:p></text:list-item></text:list>
<text:p text:style-name="Standard"><draw:frame draw:name="Image1" text:anchor-type="paragraph" svg:width="7cm" svg:height="4.4cm">
<draw:image><office:binary-data>{picture}</office:binary-data></draw:image><svg:desc>木架上的书</svg:desc></draw:frame></text:p>
<text:p text:style-name="Caption">孩子们在图书角看书</text:p>
<text:p><draw:frame draw:style-name="Frame" draw:name="Frame1" text:anchor-type="paragraph" svg:width="8cm"><draw:text-box fo:min-height="2cm">
<text:p>小贴士</text:p><text:p>借书前请先洗手，看完放回原处。</text:p></draw:text-box></draw:frame>放学以后，孩子们总要来坐一坐，翻一翻新到的书，再走上回家的山路。</text:p>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>
 <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>借阅册数</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
 <table:table-row><table:table-cell><text:p>三月</text:p></table:table-cell><table:table-cell><text:p>42</text:p></table:table-cell></table:table-row>
 <table:table-row><table:table-cell><text:p>四月</text:p></table:table-cell><table:table-cell><text:p>57</text:p></table:table-cell></table:table-row>
</table:table>
<text:p>王青禾</text:p>
</office:text></office:body></office:document>
"""


def with_libreoffice(path: Path) -> None:
    source = path.with_suffix(".fodt")
    source.write_text(FODT.replace("{picture}", base64.b64encode(picture("#36c")).decode()), encoding="utf-8")
    subprocess.run(  # noqa: S603 (our own file)
        ["soffice", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(path.parent), str(source)],  # noqa: S607
        check=True,
    )
    source.unlink()


if __name__ == "__main__":
    with_python_docx(HERE / "python-docx.docx")
    with_libreoffice(HERE / "libreoffice.docx")
    sys.stdout.write("Made.\n")
