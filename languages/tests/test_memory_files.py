"""The translation memory as TMX: out what a person may see, in as suggestions and nothing else."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from lxml import etree
from translate.storage.tmx import tmxfile
from wagtail.models import Site

from core.models import Language, PortalSettings, User
from core.segments import Segment, source_hash
from languages import exchange
from languages.desk import memory as desk_memory
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.exchange.budget import Budget
from languages.exchange.memory import exported, import_memory
from languages.models import LanguageWork, MemoryEntry, MemoryFile, Original, Unit


pytestmark = pytest.mark.django_db

RICH, RICH_EN = 'A &amp; <b>三项</b>见<a id="a1">通知</a><br/>', 'A &amp; see <a id="a1">it</a>: <b>three</b><br/>'


@pytest.fixture
def original():
    found = PortalSettings.for_site(Site.objects.get())
    found.name, found.tagline, found.organiser, found.operator = "江津教育", "办好每一所学校", "", ""
    found.contact = found.copyright = found.licence_name = ""
    found.save()
    return original_of(found)


@pytest.fixture
def person():
    user = User.objects.create_user("translator", password="demo")
    kind = ContentType.objects.get_for_model(Language)
    translate = Permission.objects.get_or_create(content_type=kind, codename="translate_en", defaults={"name": "…"})[0]
    user.user_permissions.set([translate, Permission.objects.get(codename="access_admin")])
    return user


def write(original, source, text, *, kind="plain", language="en", state="approved", path="name"):
    digest = source_hash(Segment("", source, kind, ""))
    return Unit.objects.create(
        original=original,
        language=language,
        path=path,
        source_text=source,
        source_hash=digest,
        text=text,
        state=state,
    )


def suggestions(original, text, person, kind="plain"):
    digest = source_hash(Segment("", text, kind, ""))
    return desk_memory.suggest(original, "en", "tagline", digest, text, person)


def unit(*variants):
    tuvs = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
    return f"<tu>{tuvs}</tu>"


def tmx_file(*units, grammar='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'):
    return f'<?xml version="1.0"?>{grammar}<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>'.encode()


class TestExport:
    def test_programs_read_what_is_written(self, original, person):
        write(original, "江津教育", "Jiangjin < Education")
        write(original, RICH, RICH_EN, kind="html", path="body#k1")
        content = exported("en", person)
        read = tmxfile.parsestring(content)
        assert {(each.source, each.target) for each in read.units} >= {("江津教育", "Jiangjin < Education")}
        root = etree.fromstring(content)
        assert (root.get("version"), root.find("header").get("srclang")) == ("1.4", "zh-Hans")
        segs = next(each.findall("tuv/seg") for each in root.iter("tu") if each.get("datatype") == "html")
        codes = [[(node.tag, node.get("i"), node.get("x"), node.text) for node in seg] for seg in segs]
        assert codes[0] == [
            ("bpt", "1", "1", "<b>"),
            ("ept", "1", None, "</b>"),
            ("bpt", "2", "2", '<a id="a1">'),
            ("ept", "2", None, "</a>"),
            ("ph", None, "3", "<br/>"),
        ]
        assert [code[1:3] for code in codes[1] if code[0] == "bpt"] == [("2", "2"), ("1", "1")]

    def test_only_what_the_person_may_see_is_in_it(self, original, person):
        write(original, "江津教育", "Jiangjin Education")
        write(original, "草稿", "A draft", state="draft", path="draft")
        write(original, "法文", "French", language="fr", path="french")
        assert b"Jiangjin Education" in exported("en", person)
        assert not [word for word in (b"A draft", b"French") if word in exported("en", person)]
        Original.objects.update(is_live=False)
        assert b"Jiangjin Education" not in exported("en", person)
        assert b"Jiangjin Education" not in exported("en", None)

    def test_a_pair_is_there_once(self, original, person):
        write(original, "江津教育", "Jiangjin", state="review")
        write(original, "江津教育", "Jiangjin", path="tagline")
        assert exported("en", person).count(b"<seg>Jiangjin</seg>") == 1


class TestImport:
    def test_what_was_exported_is_known_already(self, original, person):
        write(original, "江津 & 教育", "Jiangjin & Education")
        write(original, RICH, RICH_EN, kind="html", path="body#k1")
        report = import_memory(exported("en", person), "memory.tmx", person)
        assert report.counts == {"new": 0, "known": 2, "skipped": 0}
        assert not MemoryFile.objects.exists()

    def test_pairs_are_suggested_and_nothing_else(self, original, person):
        content = tmx_file(unit(("zh-CN", "办好每一所学校"), ("en-GB", "Good &lt;schools&gt;"), ("de", "Gute Schulen")))
        dry = import_memory(content, "old.tmx", person, dry_run=True)
        assert dry.counts == {"new": 1, "known": 0, "skipped": 0}
        assert not MemoryEntry.objects.exists()
        import_memory(content, "old.tmx", person)
        assert not Unit.objects.exists()
        (found,) = suggestions(original, "办好每一所学校", person)
        assert (found.text, found.score, found.where, found.origin) == ("Good <schools>", 100, "old.tmx", "import")
        (near,) = suggestions(original, "办好每一所的学校", person)
        assert (near.text, 70 <= near.score < 100) == ("Good <schools>", True)
        assert suggestions(original, "完全不同的话", person) == []
        assert import_memory(content, "old.tmx", person).counts == {"new": 0, "known": 1, "skipped": 0}
        assert MemoryFile.objects.count() == 1

    def test_a_text_of_the_desk_comes_before_the_same_of_an_import(self, original, person):
        import_memory(tmx_file(unit(("zh", "江津教育"), ("en", "Jiangjin"))), "old.tmx", person)
        write(original, "江津教育", "Jiangjin", path="elsewhere")
        (found,) = suggestions(original, "江津教育", person)
        assert (found.score, found.origin) == (100, "memory")

    def test_tags_of_ours_come_back_and_codes_of_others_leave_their_words(self, original, person):
        ours = "<bpt i='1'>&lt;b&gt;</bpt>三项<ept i='1'>&lt;/b&gt;</ept>"
        theirs = "<bpt i='1'>{\\b </bpt>Three<ept i='1'>}</ept> <hi>rules</hi><ph>&lt;script src='x'&gt;</ph>"
        import_memory(tmx_file(unit(("zh", ours), ("en", theirs))), "old.tmx", person)
        entry = MemoryEntry.objects.get()
        assert (entry.source_text, entry.text) == ("<b>三项</b>", "Three rules")
        assert [each.score for each in suggestions(original, "<b>三项</b>", person, "html")] == [100]
        assert [each.score for each in suggestions(original, "三项", person, "html")] == [99]
        assert [each.score for each in suggestions(original, "三项", person)] == [100]

    def test_what_cannot_be_taken_is_left_out_with_a_reason(self, person):
        content = tmx_file(
            unit(("en", "No Chinese"), ("fr", "x")),
            unit(("zh", "无译文"), ("de", "x")),
            unit(("zh", "法文"), ("fr", "French")),
            unit(("zh", "长"), ("en", "x" * 20_001)),
            unit(("zh", "空"), ("en", " ")),
            unit(("zh", "好"), ("en", "good")),
            "<tu/>",
        )
        report = import_memory(content, "old.tmx", person)
        assert report.counts == {"new": 1, "known": 0, "skipped": 6}
        assert all(row.reason for row in report.rows if row.status == "skipped")
        assert MemoryEntry.objects.get().text == "good"

    def test_only_languages_that_the_person_translates_into(self, person):
        content = tmx_file(unit(("zh", "法文"), ("fr", "French")))
        with pytest.raises(DeskError):
            import_memory(content, "old.tmx", person)
        assert import_memory(content, "old.tmx", None).counts["new"] == 1

    @pytest.mark.parametrize(
        "content",
        [
            *(b"", b"hello", b"<tmx", b"<xliff/>", "号".encode("gbk"), b"\xff\xfe\x00"),
            tmx_file(grammar='<!DOCTYPE tmx [<!ENTITY a "ha">]>'),
            tmx_file(grammar='<!DOCTYPE tmx SYSTEM "file:///etc/passwd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        ],
    )
    def test_a_bad_file_is_refused(self, person, content):
        with pytest.raises(exchange.BadFile):
            import_memory(content, "x", person)

    def test_a_file_that_is_too_large_is_refused(self, person):
        pair = unit(("zh", "好"), ("en", "good"), ("en", "fine"))
        import_memory(tmx_file(pair), "x", person, budget=Budget(max_rows=2), dry_run=True)
        for rows in (0, 1):
            with pytest.raises(exchange.TooMuch):
                import_memory(tmx_file(pair), "x", person, budget=Budget(max_rows=rows))

    def test_a_file_of_translations_says_where_it_belongs(self, person):
        with pytest.raises(exchange.BadFile, match="TMX"):
            exchange.import_file(tmx_file(), person)
        with pytest.raises(exchange.BadFile, match="TBX"):
            exchange.import_file(b"<martif/>", person)

    def test_the_number_of_queries_does_not_grow_with_the_file(self, person, django_assert_max_num_queries):
        content = tmx_file(*(unit(("zh", f"词{number}"), ("en", f"word {number}")) for number in range(100)))
        import_memory(tmx_file(unit(("zh", "好"), ("en", "good"))), "w", person)  # what is kept is there from now on
        with django_assert_max_num_queries(15):
            import_memory(content, "x", person)


@pytest.mark.once
class TestViews:
    @pytest.fixture(autouse=True)
    def _in(self, client, person):
        client.force_login(person)

    def test_first_what_would_happen_is_shown_then_it_happens(self, client, person):
        content = tmx_file(unit(("zh", "好"), ("en", "good &lt; fine")))
        address = reverse("languages_memory")
        assert client.get(address).status_code == 200
        shown = client.post(address, {"file": SimpleUploadedFile("old <b>.tmx", content)})
        assert (shown.status_code, MemoryEntry.objects.count()) == (200, 0)
        assert "old &lt;b&gt;.tmx" in shown.content.decode()
        kept = {"kept": shown.context["signed"], "name": shown.context["file_name"]}
        assert client.post(address, kept).status_code == 200
        file = MemoryFile.objects.get()
        assert (file.name, file.by, file.entries.get().text) == ("old <b>.tmx", person, "good &lt; fine")
        again = client.post(address, {"file": SimpleUploadedFile("again.tmx", content)})
        assert b'name="kept"' not in again.content
        assert client.post(address, {"file": SimpleUploadedFile("x", b"x")}).status_code == 422

    def test_downloads_are_of_ones_own_languages(self, client):
        def status(code):
            return client.get(reverse("languages_memory_export"), {"language": code}).status_code

        assert [status(code) for code in ("en", "fr", "xx", "")] == [200, 302, 302, 302]
        LanguageWork.objects.all().delete()
        Language.objects.update(is_open=False)
        assert status("en") == 302

    def test_who_added_a_file_may_remove_it(self, client, person):
        content = tmx_file(unit(("zh", "好"), ("en", "good")))
        import_memory(content, "mine.tmx", person)
        mine = MemoryFile.objects.get()
        others = MemoryFile.objects.create(name="theirs.tmx")
        assert client.post(reverse("languages_memory_remove", args=[others.pk])).status_code == 404
        assert client.post(reverse("languages_memory_remove", args=[mine.pk])).status_code == 302
        assert list(MemoryFile.objects.all()) == [others]
        assert not MemoryEntry.objects.exists()
        person.user_permissions.add(Permission.objects.get(codename="change_language"))
        assert client.post(reverse("languages_memory_remove", args=[others.pk])).status_code == 302

    def test_others_are_kept_out(self, client):
        client.force_login(User.objects.create_user("nobody", password="demo"))
        assert client.get(reverse("languages_memory")).status_code == 302
        assert client.post(reverse("languages_memory_remove", args=[1])).status_code == 302


def test_commands(original, tmp_path):
    write(original, "江津教育", "Jiangjin")
    path, said = tmp_path / "memory.tmx", StringIO()
    call_command("export_memory", "--language", "en", "-o", str(path), stdout=said)
    Unit.objects.all().delete()
    call_command("import_memory", str(path), "--dry-run", stdout=said)
    assert not MemoryEntry.objects.exists()
    call_command("import_memory", str(path), stdout=said)
    assert (MemoryEntry.objects.get().text, MemoryFile.objects.get().name) == ("Jiangjin", "memory.tmx")
    path.write_bytes(b"x")
    for args in (
        ["import_memory", str(path)],
        ["import_memory", str(tmp_path / "missing")],
        ["export_memory", "--language", "en", "-o", str(tmp_path / "no" / "out")],
    ):
        with pytest.raises(CommandError):
            call_command(*args, stdout=said)
