"""What is refused at the door, whichever door it is: pictures and documents that are not what they say."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.users.models import UserProfile

from core.files.documents import check_document
from core.models import PortalImage

from . import pictures
from .pictures import halves, saved


pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAMAGED, TOO_LARGE, NO_PICTURE = "cannot be read to its end", "too large", "Not a"
NO_IMAGE = "Upload a valid image"
REFUSED_PICTURES = {
    "cut off": ("a.jpg", pictures.phone_picture()[:2500], DAMAGED),
    "cut off, PNG": ("a.png", pictures.talkative_png()[:-120], DAMAGED),
    "cut off, WebP": ("a.webp", saved(halves(), "WEBP")[:-60], DAMAGED),
    "a bomb": ("a.png", pictures.png_of(20_000, 6_000), TOO_LARGE),
    "a greater bomb": ("a.png", pictures.png_of(60_000, 60_000), TOO_LARGE),
    "a long side": ("a.png", saved(Image.new("1", (16_384, 8)), "PNG"), TOO_LARGE),
    "no pixels": ("a.png", pictures.png_of(0, 10), DAMAGED),
    "nothing": ("a.jpg", b"", "empty"),
    "a page": ("a.jpg", b"<!doctype html><script>alert(1)</script>", NO_IMAGE),
    "a program": ("a.png", b"MZ" + bytes(200), NO_IMAGE),
    "a drawing": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', NO_PICTURE),
    "another kind": ("a.jpg", saved(halves(), "PNG"), NO_PICTURE),
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
PAGE, PROGRAM, NOISE = b"<!DOCTYPE html><h1>PDF</h1>", b"MZ\x90\0\x03" + bytes(300), bytes(range(7, 251)) * 4


def office(folder, *more):
    return archive("[Content_Types].xml", f"{folder}/main.xml", *more)


def archive(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in members:
            made.writestr(name, "<x/>")
    return file.getvalue()


TAKEN_DOCUMENTS = {
    "pdf": ("a.pdf", PDF),
    "capitals": ("A.PDF", b"\r\n" + PDF),
    "word": ("a.docx", office("word")),
    "excel": ("a.XLSX", office("xl")),
    "powerpoint": ("a.pptx", office("ppt")),
    "zip": ("a.zip", archive("a.txt")),
    "empty zip": ("a.zip", archive()),
    "table": ("a.csv", "﻿学校,人数\r\n双福六小,1200\r\n".encode()),
    "table of an old program": ("a.csv", "学校,人数\r\n双福六小,1200\r\n".encode("gb18030")),
    "table of Unicode text": ("a.csv", "学校\t人数\r\n双福六小\t1200\r\n".encode("utf-16")),
    "text": ("a.txt", "《教育法》<2021>\n".encode("big5", "ignore")),
}
REFUSED_DOCUMENTS = {
    f"{what} as {ending}": (f"a.{ending}", content)
    for what, content in {"page": PAGE, "program": PROGRAM, "noise": NOISE}.items()
    for ending in ("pdf", "docx", "xlsx", "pptx", "zip", "csv", "txt", "PDF")
} | {
    "word as excel": ("a.xlsx", office("word")),
    "zip as word": ("a.docx", archive("word/document.xml")),
    "word before 2007": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
    "cut off": ("a.docx", office("word")[:-30]),
    "a program that unpacks itself": ("a.zip", PROGRAM + archive("a.txt")),
    "a program before a letter": ("a.docx", PROGRAM + office("word")),
    "a page before a PDF": ("a.pdf", PAGE + PDF),
    "drawing": ("a.csv", b'\xef\xbb\xbf <?xml version="1.0"?><svg/>'),
    "page in UTF-16": ("a.csv", "<html>".encode("utf-16")),
    "text with NUL": ("a.csv", b"a,b\0\r\n"),
    "kind without a rule": ("a.exe", b"a"),
}


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def file(name, content):
    return SimpleUploadedFile(name, content)


def add(client, kind, name, content):
    return client.post(f"/admin/{kind}/add/", {"title": "t", "file": file(name, content), "collection": 1})


def add_many(client, kind, name, content):
    return client.post(f"/admin/{kind}/multiple/add/", {"title": "t", "files[]": file(name, content), "collection": 1})


def choose(client, kind, name, content):
    prefix = {"images": "image", "documents": "document"}[kind]
    fields = {"title": "t", "collection": 1, "file": file(name, content)}
    posted = {f"{prefix}-chooser-upload-{key}": value for key, value in fields.items()}
    return client.post(reverse(f"wagtail{'images' if kind == 'images' else 'docs'}_chooser:create"), posted)


WAYS = pytest.mark.parametrize("way", [add, add_many, choose])


def text_of(response):
    answer = response.json() if response["Content-Type"].startswith("application/json") else None
    return str(answer.get("error_message") or answer.get("htmlFragment")) if answer else response.content.decode()


@WAYS
@pytest.mark.parametrize("case", REFUSED_PICTURES)
def test_a_picture_that_cannot_be_shown_is_refused_with_a_message(editor, way, case):
    name, content, message = REFUSED_PICTURES[case]
    response = way(editor, "images", name, content)
    assert response.status_code == 200
    assert message in text_of(response)
    assert not PortalImage.objects.exists()


@WAYS
@pytest.mark.parametrize("name", ["a.jpg", "A.JPG", "a.Jpeg"])
def test_what_a_telephone_makes_is_taken(editor, way, name):
    way(editor, "images", name, pictures.phone_picture())
    assert PortalImage.objects.count() == 1


@pytest.mark.parametrize("make", [pictures.two_in_one, pictures.with_video], ids=["two in one", "film"])
def test_what_telephones_put_behind_a_picture_is_taken_with_it(editor, make):
    add(editor, "images", "a.jpg", make())
    assert PortalImage.objects.count() == 1


@WAYS
def test_sixteen_bits_are_taken(editor, way):
    way(editor, "images", "a.png", pictures.grey_16_bit())
    assert PortalImage.objects.count() == 1


@WAYS
@pytest.mark.parametrize("case", ["page as pdf", "program as pdf", "noise as docx"])
def test_a_document_of_another_kind_is_refused_with_a_message(editor, way, case):
    name, content = REFUSED_DOCUMENTS[case]
    response = way(editor, "documents", name, content)
    assert response.status_code == 200
    assert f"This is not a {name[2:].upper()} file" in text_of(response)
    assert "extension" not in text_of(response), "one thing is wrong, and it is said once"
    assert not get_document_model().objects.exists()


@WAYS
def test_a_document_that_is_what_it_says_is_taken(editor, way):
    way(editor, "documents", "a.pdf", PDF)
    assert get_document_model().objects.count() == 1


@pytest.mark.parametrize("case", REFUSED_DOCUMENTS)
def test_content_and_ending_disagree(case):
    name, content = REFUSED_DOCUMENTS[case]
    with pytest.raises(ValidationError) as caught:
        check_document(io.BytesIO(content), name)
    assert caught.value.code == "wrong_content"


@pytest.mark.parametrize("case", TAKEN_DOCUMENTS)
def test_content_and_ending_agree(case):
    name, content = TAKEN_DOCUMENTS[case]
    check_document(io.BytesIO(content), name)


def test_an_archive_that_says_it_is_huge_is_refused(monkeypatch):
    monkeypatch.setattr("core.files.documents.MAX_UNPACKED", 3)
    with pytest.raises(ValidationError, match="ZIP"):
        check_document(io.BytesIO(archive("a.txt")), "a.zip")


def test_a_file_is_not_replaced_by_one_that_is_refused(editor):
    add(editor, "images", "a.jpg", pictures.phone_picture())
    add(editor, "documents", "a.pdf", PDF)
    image, document = PortalImage.objects.get(), get_document_model().objects.get()
    for thing, kind, name, content in (
        (image, "images", "b.jpg", pictures.phone_picture()[:2500]),
        (document, "documents/edit", "b.pdf", PAGE),
    ):
        stored = thing.file.name
        fields = {"title": "t", "collection": 1, "file": file(name, content)}
        response = editor.post(f"/admin/{kind}/{thing.pk}/", fields)
        assert response.status_code == 200
        assert (DAMAGED if thing is image else "This is not a PDF file") in response.content.decode()
        thing.refresh_from_db()
        assert thing.file.name == stored


def test_a_document_stays_when_only_its_title_changes(editor):
    add(editor, "documents", "a.pdf", PDF)
    document = get_document_model().objects.get()
    document.file.storage.delete(document.file.name)  # it is not read again
    editor.post(f"/admin/documents/edit/{document.pk}/", {"title": "New", "collection": 1})
    document.refresh_from_db()
    assert document.title == "New"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_documents_can_only_be_read(client, method):
    document = get_document_model().objects.create(title="t", file=file("a.pdf", PDF))
    client.handler.enforce_csrf_checks = True
    assert getattr(client, method)(document.url).status_code == 405
    assert getattr(client, method)("/documents/999/a.pdf").status_code == 405
    assert getattr(client, method)("/documents/authenticate_with_password/1/").status_code == 405
    assert client.get(document.url).status_code == 200
    assert client.head(document.url).status_code == 200
