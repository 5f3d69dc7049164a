"""The glossary comes back as CSV or TBX: all of it or nothing, and first it is shown what would change."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import User
from languages.exchange import TooMuch
from languages.exchange.budget import STORING_TERM, Budget
from languages.exchange.glossary import import_glossary
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
            lambda text: b"sep=|\r\n" + text.replace(",", "|").encode(),
            lambda text: text.replace(",", "\t").encode("utf-16"),
            lambda text: b'"sep=,",,,\r\n' + text.encode(),
            lambda text: text.replace("\r\n", ",,\r\n").encode() + b",,,,,,,,\r\n",
        ],
        ids=["semicolon", "sep", "another sep", "utf-16", "sep in quotes", "empty columns"],
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

    @pytest.mark.parametrize("format", ["tbx-3", "tbx-2"])
    def test_what_is_exported_as_tbx_is_read_again(self, client, term, format):
        Term.objects.create(source="双减", do_not_translate=True, place="第1版", note="两行\n文字")
        term.targets.add(TermTarget(language="fr", text="place", sort_order=0))
        term.targets.add(TermTarget(language="en", text="place", sort_order=2))
        term.save()
        answer = client.get(reverse("languages_glossary_export"), {"format": format})
        assert (answer.status_code, ".tbx" in answer["Content-Disposition"]) == (200, True)
        shown = self.preview(client, answer.content)
        assert shown.context["report"].counts == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}
        assert b'name="kept"' not in shown.content
        before = {each.source: (each.allowed(), each.forbidden(), each.note, each.place) for each in Term.objects.all()}
        Term.objects.all().delete()
        self.confirm(client, answer.content)
        after = {each.source: (each.allowed(), each.forbidden(), each.note, each.place) for each in Term.objects.all()}
        assert {source: [set(text.split("\n")) for text in said] for source, said in after.items()} == {
            source: [set(text.split("\n")) for text in said] for source, said in before.items()
        }
        assert Term.objects.get(source="双减").do_not_translate
        assert Term.objects.get(source="学位").allowed().startswith("en: school place\nen: place")
        assert TermTarget.objects.get(text="school place").note == "BE"

    def test_tbx_of_other_programs(self, client, term):
        """Version 2 with its grammar named, the style DCT, terms in groups; languages that it does not have are left."""
        term.targets.add(TermTarget(language="fr", text="place"))
        term.save()
        content = """<?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
            <martif type="TBX" xml:lang="en"><text><body>
            <termEntry id="1"><descripGrp><descrip type="subjectField">Education</descrip></descripGrp>
              <langSet xml:lang="zh-CN"><ntig><termGrp><term>学位</term></termGrp></ntig></langSet>
              <langSet xml:lang="en-GB"><tig><term>seat</term></tig><tig><term>school
                place</term><termNote type="administrativeStatus">preferredTerm</termNote></tig></langSet>
              <langSet xml:lang="zh-TW"><tig><term>學位</term></tig></langSet>
              <langSet xml:lang="de-DE"><tig><term>Schulplatz</term></tig></langSet></termEntry>
            <conceptEntry id="2" xmlns:min="http://www.tbxinfo.net/ns/min">
              <min:subjectField>policy</min:subjectField><note>新的</note>
              <langSec xml:lang="zh"><termSec><term>片区</term></termSec><termSec><term>学区</term></termSec></langSec>
              <langSec xml:lang="en"><termSec><term>area</term>
                <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
            </conceptEntry></body></text></martif>"""
        self.confirm(client, content.encode("utf-16"))
        assert Term.objects.get(source="学位").allowed().split("\n") == [
            *("fr: place", "en: school place", "en: seat", "zh-hant: 學位")
        ]
        assert Term.objects.get(source="学位").forbidden() == ""
        assert Term.objects.get(source="学位").subject == "schools"
        for source in ("片区", "学区"):
            new = Term.objects.get(source=source)
            assert (new.allowed(), new.forbidden(), new.subject, new.note) == ("", "en: area", "policy", "新的")

    def test_an_entry_without_chinese_stops_the_file(self, client):
        section = '<langSec xml:lang="en"><termSec><term>x</term></termSec></langSec>'
        content = f"<tbx><text><body><conceptEntry>{section}</conceptEntry></body></text></tbx>".encode()
        report = self.preview(client, content).context["report"]
        assert [row.status for row in report.rows] == ["wrong"]

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

    @pytest.mark.parametrize(
        "content",
        [
            *(b"a,b\n1,2", "词".encode("gbk"), b'source\n"x', b"source,source\n", b"\n", b"source" + b",x" * 1_000_000),
            *(b"<tbx/>", b"<xliff/>", b"<tbx", b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>'),
            b"<tbx>" + b"<conceptEntry/>" * 5001 + b"</tbx>",
        ],
    )
    def test_a_bad_file_is_an_error_in_the_form(self, client, content):
        response = self.preview(client, content)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])

    def test_a_file_that_asks_for_too_much_work_is_refused(self, person):
        content = glossary_file('词,"en: a\nfr: b",,,,,')
        import_glossary(content, person, dry_run=True, budget=Budget(max_work=4000))
        with pytest.raises(TooMuch):
            import_glossary(content, person, budget=Budget(max_work=STORING_TERM))
        many = "\n".join(f"en: word {number}" for number in range(101))
        report = import_glossary(glossary_file(f'词,"{many}",,,,,'), person)
        assert report.is_wrong
        assert not Term.objects.exists()

    def test_commands(self, term, tmp_path):
        path = tmp_path / "glossary.tbx"
        call_command("export_glossary", "-o", str(path), stdout=StringIO())
        Term.objects.all().delete()
        said = StringIO()
        call_command("import_glossary", str(path), "--dry-run", stdout=said)
        assert (Term.objects.exists(), "new: 学位" in said.getvalue()) == (False, True)
        call_command("import_glossary", str(path), stdout=said)
        assert Term.objects.get().source == "学位"
        path.write_bytes(glossary_file("词,,,nonsense,,,"))
        for file in (path, tmp_path / "missing"):
            with pytest.raises(CommandError):
                call_command("import_glossary", str(file), stdout=said)

    def test_it_needs_the_right_to_the_glossary(self, client, person):
        person.user_permissions.remove(Permission.objects.get(codename="change_term"))
        assert self.preview(client, glossary_file("词,,,,,,")).status_code == 302
        assert not Term.objects.exists()
        assert client.get(reverse("languages_glossary_export")).status_code == 200
        assert client.get(reverse("languages_glossary_export"), {"format": "x"}).status_code == 404
        person.user_permissions.remove(*Permission.objects.filter(codename__in=["view_term", "add_term"]))
        assert client.get(reverse("languages_glossary_export")).status_code == 302
