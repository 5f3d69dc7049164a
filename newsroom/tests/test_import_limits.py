"""Files that were made to hurt, in the process that reads them: a message within ten seconds and 512 MB, and nothing left."""

import io
import struct
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from newsroom.importing import child, limits
from newsroom.importing.met import Met, Refusal, Refused
from newsroom.importing.reader import ImportRefused, read
from newsroom.importing.reading import reading
from newsroom.importing.wording import NAMES, REFUSALS

from . import word_files as word
from .test_reading_word import FILES
from .word_files import docx, p


pytestmark = pytest.mark.once

MOST = 512  # MB of the child, at its peak
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def bomb(name, size):
    """An archive with a part that unpacks to so many bytes."""
    return docx(p("甲"), parts={name: b"<w:p/>" * (size // 6)})


def lying():
    """An archive that says of a part that it is small."""
    content = docx(p("甲"), parts={"word/document.xml": b"<a>" + b" " * 2_000_000})
    real, said = struct.pack("<L", 2_000_003), struct.pack("<L", 100)
    assert real in content
    return content.replace(real, said)


def entities():
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))]
    return f"<!DOCTYPE x [{''.join(lines)}]><document>&a8;</document>".encode()


def xxe():
    return b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'


def deep():
    return word.element("document", "<w:body>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:body>")


HOSTILE = {
    "300 MB of XML": (lambda: bomb("word/document.xml", 300 * limits.MB), "a.docx", Refusal.UNPACKED),
    "30 MB of XML": (lambda: bomb("word/document.xml", 30 * limits.MB), "a.docx", Refusal.MARKUP),
    "an archive that lies": (lying, "a.docx", Refusal.DAMAGED),
    "entities": (lambda: docx(parts={"word/document.xml": entities()}), "a.docx", Refusal.DECLARES),
    "a file of the server": (lambda: docx(parts={"word/document.xml": xxe()}), "a.docx", Refusal.DECLARES),
    "deep": (lambda: docx(parts={"word/document.xml": deep()}), "a.docx", Refusal.DEEP),
    "truncated": (lambda: docx(p("甲" * 5000))[:900], "a.docx", Refusal.DAMAGED),
    "10,000 files": (
        lambda: word.archive({f"word/media/{n}.png": b"x" for n in range(10_000)}, zipfile.ZIP_STORED),
        *("a.docx", Refusal.MANY_FILES),
    ),
    "one picture 10,000 times": (
        lambda: docx(
            p(*[word.inline("r1")] * 10_000), relations=[("r1", "image", "media/1.png")], parts={"word/media/1.png": word.png()}
        ),
        *("a.docx", Refusal.MANY_PICTURES),
    ),
    "long": (lambda: ("一段文字。\n\n" * 100_000).encode(), "a.txt", Refusal.LONG),
    "a deep page": (lambda: b"<p>" + "甲<b>".encode() * 3000, "a.html", Refusal.DEEP),
    "a page of tags": (lambda: b"<p>" * 3_000_000, "a.html", Refusal.MARKUP),
}  # fmt: skip
RENAMED = {
    "noise": (b"PK\x03\x04 noise" * 40, "a.docx", Refusal.DAMAGED),
    "text": ("你好".encode(), "a.docx", Refusal.NOT_WHAT_IT_SAYS),
    "page": (b"<!doctype html><p>x", "a.txt", Refusal.NOT_WHAT_IT_SAYS),
    "Word as text": (docx(p("甲")), "a.txt", Refusal.NOT_WHAT_IT_SAYS),
    "Word 97": (OLE, "a.doc", Refusal.WORD_97),
    "Word 97 as docx": (OLE, "a.docx", Refusal.WORD_97),
    "WPS": (OLE, "a.wps", Refusal.WORD_97),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", Refusal.PASSWORD),
    "RTF": (rb"{\rtf1 x}", "a.doc", Refusal.RTF),
    "PDF": (b"%PDF-1.7", "a.docx", Refusal.PDF),
    "OpenDocument": (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "a.odt", Refusal.ODT),
    "table": (
        word.archive({"_rels/.rels": word.relationships([("r1", "officeDocument", "xl/workbook.xml")]), "xl/workbook.xml": "<a/>"}),
        *("a.docx", Refusal.OFFICE),
    ),
    "presentation": (b"x", "a.pptx", Refusal.OFFICE),
    "mail": (b"MIME-Version: 1.0\r\nContent-Type: x", "a.mht", Refusal.MHT),
    "program": (b"MZ\x90", "a.exe", Refusal.UNKNOWN_ENDING),
    "nothing": (b"", "a.docx", Refusal.EMPTY),
    "no words": (docx(p("")), "a.docx", Refusal.EMPTY),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_time_with_little_memory(name, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests import beside this one
    make, called, refusal = HOSTILE[name]
    content = make()
    peak = Peak()
    with peak, pytest.raises(Refused) as refused:
        child.read_apart(io.BytesIO(content), called)
    assert refused.value.refusal is refusal
    assert limits.SECONDS < 10  # it was refused before it was given up
    assert peak.megabytes < MOST
    assert not list(tmp_path.iterdir())


class Peak:
    """The most memory that a child of this process has held meanwhile, looked up many times a second."""

    megabytes = 0.0

    def __enter__(self):
        self.is_over = threading.Event()
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()

    def __exit__(self, *_error):
        self.is_over.set()
        self.watcher.join()

    def watch(self):
        while not self.is_over.wait(0.01):
            for task in Path("/proc/self/task").glob("*/children"):
                for pid in self.read(task).split():
                    if child.WORKER not in self.read(Path(f"/proc/{pid}/cmdline")):
                        continue  # not begun yet: it still has the memory of this process
                    found = [
                        line for line in self.read(Path(f"/proc/{pid}/status")).splitlines() if line.startswith("VmHWM")
                    ]
                    self.megabytes = max(self.megabytes, *(int(line.split()[1]) / 1024 for line in found), 0)

    def read(self, path):
        try:
            return path.read_text()
        except OSError:
            return ""


@pytest.mark.parametrize("name", RENAMED)
def test_what_a_file_is_decides_and_not_what_it_is_called(name, tmp_path):
    content, called, refusal = RENAMED[name]
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        reading.document(path, called)
    assert refused.value.refusal is refusal


def test_what_takes_too_long_or_too_much_memory_is_given_up(monkeypatch, tmp_path):
    (tmp_path / "spinning.py").write_text("import sys\nwhile True: pass\n")
    (tmp_path / "crashing.py").write_text("import os\nos.abort()\n")
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    for worker, refusal in (("spinning", Refusal.SLOW), ("crashing", Refusal.FAILED)):
        monkeypatch.setattr(child, "WORKER", worker)
        monkeypatch.setattr(child.settings, "BASE_DIR", tmp_path)
        with pytest.raises(Refused) as refused:
            child.read_apart((FILES / "libreoffice.docx").open("rb"), "a.docx")
        assert refused.value.refusal is refusal


def test_pictures_that_would_take_long_to_read_are_left_out_and_said(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "MAX_ALL_PIXELS", 5000)  # two of 60 by 40
    pictures = {f"word/media/{n}.png": word.png(f"#{n}{n}{n}") for n in range(4)}
    relations = [(f"r{n}", "image", f"media/{n}.png") for n in range(4)]
    path = tmp_path / "file"
    path.write_bytes(docx(*[p(word.inline(f"r{n}")) for n in range(4)], p("甲"), relations=relations, parts=pictures))
    document = reading.document(path, "a.docx")
    assert len(document.pictures) == 2
    assert [(each.kind, each.count) for each in document.findings if each.outcome == "dropped"] == [
        ("large-picture", 2)
    ]


def test_the_reader_is_given_no_setting_and_no_secret(monkeypatch, tmp_path):
    (tmp_path / "telling.py").write_text(
        "import os, sys, json\nopen(sys.argv[3] + '/refused.json', 'w').write(json.dumps("
        "{'refusal': 'ending', 'number': 0, 'what': ' '.join(sorted(os.environ))}))\n"
    )
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setattr(child, "WORKER", "telling")
    monkeypatch.setattr(child.settings, "BASE_DIR", tmp_path)
    with pytest.raises(Refused) as refused:
        child.read_apart((FILES / "libreoffice.docx").open("rb"), "a.docx")
    assert set(refused.value.what.split()) - {"LC_CTYPE"} == {"LANG", "PATH", "PYTHONUTF8", "TMPDIR"}


def test_a_refusal_is_said_to_people():
    with translation.override("en"), pytest.raises(ImportRefused, match=r"save it as \.docx"):
        read(OLE, "稿件.doc")
    with translation.override("zh-hans"), pytest.raises(ImportRefused, match="另存为"):
        read(OLE, "稿件.doc")


def test_everything_has_words():
    assert set(NAMES) == set(Met)
    assert set(REFUSALS) == set(Refusal)
