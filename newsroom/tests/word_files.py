"""Files of Word, written by hand in the manner of WPS: what it writes otherwise than Word, and all that a file can hold.

All words are our own: the school, the people and the figures do not exist.
"""

import io
import zipfile

from PIL import Image

from newsroom.importing.reading.docx.xml import NAMESPACES


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XMLNS = " ".join(
    f'xmlns:{prefix}="{uri}"' for uri, prefix in NAMESPACES.items() if prefix not in ("rel", "cp", "dc", "ep")
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
 <w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="我的小标题"/><w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="4"><w:name w:val="导语"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="5"><w:name w:val="题注"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="6"><w:name w:val="toc 1"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="7"><w:name w:val="编号正文"/><w:basedOn w:val="1"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="8"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
"""


def png(colour="#246", size=(60, 40)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


# Words ---------------------------------------------------------------------------------------


def run(text, props=""):
    """WPS writes a hint of the typeface into each run."""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content, style="", props=""):
    inner = "".join(each if each.startswith("<") else run(each) for each in content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{props}</w:pPr>{inner}</w:p>"


def listed(number, depth=0):
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


BREAK = "<w:r><w:br/></w:r>"
CENTRED = '<w:jc w:val="center"/>'


def field(code, result=""):
    parts = [f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>']
    if result:
        parts.append(f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}')
    return "".join([*parts, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'])


# Tables --------------------------------------------------------------------------------------


def tc(*content, props=""):
    inner = "".join(each if each.startswith(("<w:p>", "<w:tbl>")) else p(each) for each in content) or p()
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


SPAN = '<w:gridSpan w:val="2"/>'
DOWN, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


# Drawings ------------------------------------------------------------------------------------


def _pic(key, crop=""):
    return (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="图片 1"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/>{crop}'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
    )


def inline(key, alt="", crop=""):
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{alt}"/>{_pic(key, crop)}</wp:inline></w:drawing></w:r>'


def floating(key, alt=""):
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="0"><wp:docPr id="2" name="图片 2" descr="{alt}"/>{_pic(key)}</wp:anchor>'
        "</w:drawing></w:r>"
    )


def box(*content):
    """A text box as WPS writes it: for programs that know wps, and again in VML for those that do not."""
    inner = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="文本框 1"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def vml(inner):
    return f"<w:r><w:pict>{inner}</w:pict></w:r>"


def shape():
    return "<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp/></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"


# The file ------------------------------------------------------------------------------------


def docx(*body, relations=(), parts=None, styles=STYLES, numbering=NUMBERING):
    """The bytes of a file. `relations`: (id, kind, target); `parts`: {name: bytes, or what stands in an element}."""
    rows = [
        ("rStyles", "styles", "styles.xml"),
        ("rNumbering", "numbering", "numbering.xml"),
        *relations,
    ]
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships([("r1", "officeDocument", "word/document.xml")]),
        "word/document.xml": element("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/styles.xml": element("styles", styles),
        "word/numbering.xml": element("numbering", numbering),
        "word/_rels/document.xml.rels": relationships(rows),
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>WPS Office_12.1</Application></Properties>",
        **(parts or {}),
    }
    return archive(files)


def element(name, inner):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {_XMLNS}>{inner}</w:{name}>'


def relationships(rows):
    made = [
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if is_outside(target) else "/>")
        for key, kind, target in rows
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(made)}</Relationships>'


def is_outside(target):
    return ":" in target


def archive(files, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()
