"""The glossary comes back as CSV: all of it or nothing, and first it is shown what would change."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import User
from languages.models import Term, TermTarget


pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEADER = "source,allowed,forbidden,subject,do_not_translate,note,place\n"


@pytest.fixture
def person(db):
    """Keeps the glossary."""
    user = User.objects.create_user("keeper", password="demo")
    rights = ["access_admin", "change_language", "add_term", "change_term", "view_term"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def glossary_file(*lines, header=HEADER):
    return ("\ufeff" + header + "\n".join(lines)).encode()


class TestGlossary:
    @pytest.fixture(autouse=True)
    def _in(self, client, person):
        client.force_login(person)

    @pytest.fixture
    def term(self):
        term = Term(source="学位", subject="schools", note="座位")
        term.targets = [
            TermTarget(language="en", text="school place", note="BE"),
            TermTarget(language="en", text="degree", forbidden=True, sort_order=1),
        ]
        term.save()
        return term

    def preview(self, client, content):
        url = reverse("languages_glossary_import")
        return client.post(url, {"file": SimpleUploadedFile("glossary.csv", content)})

    def confirm(self, client, content):
        shown = self.preview(client, content)
        return client.post(reverse("languages_glossary_import"), {"kept": shown.context["signed"]})

    @pytest.mark.parametrize(
        "saved",
        [
            lambda text: text.replace(",", ";").encode("utf-8-sig"),
            lambda text: b"\xef\xbb\xbfsep=;\r\n" + text.replace(",", ";").encode(),
            lambda text: text.replace(",", "\t").encode("utf-16"),
            lambda text: b'"sep=,",,,\r\n' + text.encode(),
            lambda text: text.replace("\r\n", ",,\r\n").encode() + b",,,,,,,,\r\n",
        ],
        ids=["semicolon", "sep", "utf-16", "sep in quotes", "empty columns"],
    )
    def test_what_a_spreadsheet_saves_is_read(self, client, term, saved):
        answer = client.get(reverse("wagtailsnippets_languages_term:list"), {"export": "csv"})
        exported = b"".join(answer.streaming_content)
        assert exported.startswith(b"\xef\xbb\xbf")
        report = self.preview(client, saved(exported.decode("utf-8-sig"))).context["report"]
        assert report.counts == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 0}

    def test_text_without_a_heading_is_not_lost(self, client):
        client.cookies["django_language"] = "en"
        answer = self.preview(client, b"source,note,\nab,,cd\n")
        assert "column without a heading" in answer.content.decode()

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_what_is_exported_is_read_again(self, client, term, language):
        Term.objects.create(source="=1+1", note="-2")
        client.cookies["django_language"] = language
        answer = client.get(reverse("wagtailsnippets_languages_term:list"), {"export": "csv"})
        content = b"".join(answer.streaming_content)
        report = self.preview(client, content).context["report"]
        assert report.counts == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}

    def test_terms_are_added_and_changed(self, client, term):
        content = glossary_file(
            '学位,"en: school place\nfr: place: scolaire",en: seat,schools,False,,', "学区,,,schools,True,片区,"
        )
        shown = self.preview(client, content)
        assert Term.objects.count() == 1
        assert "seat" in shown.content.decode()
        assert self.confirm(client, content).status_code == 200
        term = Term.objects.get(source="学位")
        assert (term.allowed(), term.forbidden(), term.note) == (
            "en: school place\nfr: place: scolaire",
            "en: seat",
            "",
        )
        assert term.targets.get(text="school place").note == "BE"
        assert Term.objects.get(source="学区").do_not_translate is True
        listed = client.get(reverse("wagtailsnippets_languages_term:list"), {"q": "seat"})
        assert [each.source for each in listed.context["object_list"]] == ["学位"]

    def test_a_column_that_is_missing_changes_nothing(self, client, term):
        self.confirm(client, glossary_file("学位,en: seat", header="source,forbidden\n"))
        term = Term.objects.get()
        assert (term.allowed(), term.forbidden(), term.note) == ("en: school place", "en: seat", "座位")

    @pytest.mark.parametrize(
        "line",
        [
            "词,school place,,schools,False,,",
            "词,xx: word,,schools,False,,",
            "词,zh-hans: 词,,schools,False,,",
            "词,en: a,en: A,schools,False,,",
            "词,en: a,,schools,True,,",
            "词,,,nonsense,False,,",
            "词,,,schools,perhaps,,",
            ",,,schools,False,,",
            f"{'词' * 81},,,schools,False,,",
            f"词,en: {'x' * 121},,schools,False,,",
            "好,,,schools,False,,",
        ],
    )
    def test_a_wrong_row_stops_the_file(self, client, line):
        content = glossary_file("好,en: good,,schools,False,,", line)
        report = self.preview(client, content).context["report"]
        assert [row.status for row in report.rows] == ["new", "wrong"]
        assert report.rows[1].problems
        self.confirm(client, content)
        assert not Term.objects.exists()

    @pytest.mark.parametrize("content", [b"a,b\n1,2", "词".encode("gbk"), b'source\n"x', b"source,source\n", b"\n"])
    def test_a_bad_file_is_an_error_in_the_form(self, client, content):
        response = self.preview(client, content)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])

    def test_it_needs_the_right_to_the_glossary(self, client, person):
        person.user_permissions.remove(Permission.objects.get(codename="change_term"))
        assert self.preview(client, glossary_file("词,,,,,,")).status_code == 302
        assert not Term.objects.exists()
