"""Translations in files: out, through real programs, and back in; what is wrong is refused or reported, never lost."""

import shutil
import subprocess
from datetime import timedelta
from io import StringIO

import polib
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree
from translate.storage import factory
from wagtail.models import Site

from core.models import Language, PortalSettings, SiteNotice, User
from core.segments import Segment, source_hash
from languages import exchange
from languages.desk import DeskError
from languages.exchange import po, xliff
from languages.exchange.files import Outgoing, Text
from languages.exchange.planning import Fate
from languages.models import Original, State, Term, TermTarget, Unit, UnitVersion
from languages.originals import original_of
from languages.rows import Row, Standing, rows_of


FORMATS = ["xliff", "po"]
ENDINGS = {"xliff": "xlf", "po": "po"}
RICH = '<b>三项</b>新规 A &amp; B &lt;见<a id="a1">通知<i>全文</i></a>&gt;<br/>H<sub>2</sub>O <a id="a2">8660个</a>'
RICH_EN = 'See <a id="a2">8,660</a> and <b>three</b> A &amp; B <a id="a1">the <i>notice</i></a><br/>H<sub>2</sub>O'


# Formats: no database ------------------------------------------------------------------------


class Kind:
    app_label, model = "news", "storypage"


def row(path, text, target="", *, kind="plain", state=State.DRAFT, earlier=None):
    segment = Segment(path, text, kind, "段落")
    unit = Unit(text=target, state=state, path=path) if target else None
    before = Unit(text=earlier[1], source_text=earlier[0]) if earlier else None
    return Row(segment, source_hash(segment), unit, before)


ROWS = [
    row("title", "A <b> & 双福\n"),
    row("body.3f#k1", RICH, RICH_EN, kind="html", state=State.APPROVED),
    row("body.3f#k1.1", "\n两行\n“引号” \\ \t%s\n", "Two\nlines", state=State.REVIEW),
    row("body.3f#embed-1@alt", "图\u2028示", "A pic\u2028t\x85ure"),
    row("lead", "<b>新</b>的 <b>字</b>", kind="html", earlier=("<b>旧</b>的", "<b>Old</b>")),
]


def file_of(format, rows=ROWS, language="en"):
    original = Original(object_id=12, title="双福 <六小>")
    original._state.fields_cache["content_type"] = Kind()
    out = Outgoing(language, timezone.now(), [Text(original, rows, {})])
    return exchange.FORMATS[format][0](out), out


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read_again(format):
    content, out = file_of(format)
    read = {"xliff": xliff, "po": po}[format].read(content.decode())
    assert (read.language, read.at) == ("en", out.at)
    assert {entry.original for entry in read.entries} == {"news.storypage:12"}
    assert [(e.path, e.hash, e.source) for e in read.entries] == [
        (each.segment.path, each.hash, each.segment.text) for each in ROWS
    ]
    assert [entry.target.strip() for entry in read.entries] == [each.text for each in ROWS]
    confirmed = {"xliff": [False, True, True, False, False], "po": [False, True, False, False, False]}
    assert [entry.is_confirmed for entry in read.entries] == confirmed[format]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh-hant", "ar", "ru"])
def test_files_open_in_programs_of_translators_and_keep_every_segment(format, language, tmp_path):
    content, _out = file_of(format, language=language)
    path = tmp_path / f"file.{ENDINGS[format]}"
    path.write_bytes(content)
    store = factory.getobject(str(path))
    units = [unit for unit in store.units if unit.istranslatable()]
    assert len(units) == len(ROWS)
    assert len({unit.getid() for unit in units}) == len(ROWS)
    units[0].target = "A <b> & Shuangfu\n"
    store.save()
    read = exchange.importing.read(path.read_bytes())
    assert [(e.path, e.hash) for e in read.entries] == [(each.segment.path, each.hash) for each in ROWS]
    assert [e.target.strip() for e in read.entries] == ["A <b> & Shuangfu", *(each.text for each in ROWS[1:])]
    if format == "po" and (msgfmt := shutil.which("msgfmt")):  # GNU gettext, if it is here
        path.write_bytes(content)
        done = subprocess.run([msgfmt, "-c", "-v", "-o", "/dev/null", str(path)], capture_output=True, text=True)  # noqa: S603
        assert done.returncode == 0
        assert "warning" not in done.stderr


def test_tags_are_codes_that_programs_protect():
    content, _out = file_of("xliff")
    root = etree.fromstring(content)
    space = {"x": xliff.XLIFF}
    source = root.xpath("//x:trans-unit[@id='body.3f#k1']/x:source", namespaces=space)[0]
    codes = [(node.tag.rpartition("}")[2], node.get("id"), node.get("ctype")) for node in source.iter("{*}g", "{*}x")]
    assert codes == [
        ("g", "b.1", "bold"),
        ("g", "a1", "link"),
        ("g", "i.1", "italic"),
        ("x", "br.1", "lb"),
        ("g", "sub.1", "x-html-sub"),
        ("g", "a2", "link"),
    ]
    units = root.xpath("//x:trans-unit", namespaces=space)
    states = [(unit.get("approved"), [target.get("state") for target in unit.findall("{*}target")]) for unit in units]
    assert states == [
        (None, []),
        ("yes", ["signed-off"]),
        (None, ["needs-review-translation"]),
        (None, ["needs-translation"]),
        (None, ["needs-adaptation"]),
    ]
    before = units[-1].find("{*}alt-trans")
    assert "".join(before.find("{*}source").itertext()) == "旧的"
    file = root.find("{*}file")
    assert (file.get("source-language"), file.get("target-language")) == ("zh-Hans", "en")


def test_a_po_file_says_what_is_not_approved_and_what_the_chinese_was():
    entries = polib.pofile(file_of("po")[0].decode())
    assert [entry.fuzzy for entry in entries] == [False, False, True, True, True]
    assert entries[-1].previous_msgid == "<b>旧</b>的"
    assert entries.metadata["Plural-Forms"].startswith("nplurals=2")


def test_codes_that_a_program_added_or_lost():
    def said(target):
        unit = f'<trans-unit id="p" datatype="html"><source>看<g id="a1" ctype="link">全文</g></source>{target}</trans-unit>'
        file = f'<xliff><file original="news.storypage:1" target-language="en-US"><body>{unit}</body></file></xliff>'
        (entry,) = xliff.read(file).entries
        assert entry.hash == source_hash(Segment("p", '看<a id="a1">全文</a>', "html", ""))
        return entry.problem or entry.target

    assert said('<target>See <g id="a1">it &lt;</g></target>') == 'See <a id="a1">it &lt;</a>'
    assert said('<target><mrk mtype="seg" mid="1">See </mrk><x id="a1"/></target>') == 'See <a id="a1"></a>'
    assert said('<target>See <g id="7" ctype="bold">it</g></target>') == "See <b>it</b>"
    assert said('<target>See <g id="a9" ctype="link">it</g></target>') == 'See <a id="a9">it</a>'
    for code in ('<g id="7">it</g>', '<ph id="1">&lt;b&gt;</ph>', '<bpt id="1"/>', "<b>it</b>"):
        with translation.override("en"):
            assert "The tag" in said(f"<target>See {code}</target>")


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xliff><file target-language="en">&b;</file></xliff>'
SPY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff><file target-language="en">&a;</file></xliff>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        "号".encode("gbk"),
        b"<html><p>msgid</p></html>",
        b"<xliff><file",
        b'<xliff version="2.0"><file id="1"/></xliff>',
        b'<xliff><file target-language="xx"/></xliff>',
        b'<xliff><file target-language="zh-Hans"/></xliff>',
        b'<xliff><file target-language="en"/><file target-language="fr"/></xliff>',
        BOMB.encode(),
        SPY.encode(),
        BOMB.encode("utf-16"),
        b"/etc/passwd msgid",
        b'msgid "a"\nmsgstr "b"\n',
        b'msgid ""\nmsgstr "Language: xx\\n"\n',
        b'msgid "a\n',
        b"\x00msgid",
        b" " * (exchange.LARGEST + 1),
    ],
)
def test_bad_files_are_refused_with_a_reason(content):
    with pytest.raises(exchange.BadFile) as error:
        exchange.importing.read(content)
    assert str(error.value)


def test_utf_16_and_a_byte_order_mark_are_read():
    text = file_of("xliff")[0].decode()
    for encoding in ("utf-8-sig", "utf-16"):
        assert len(exchange.importing.read(text.encode(encoding)).entries) == len(ROWS)


# At the desk ---------------------------------------------------------------------------------


@pytest.fixture
def settings_(db):
    """Settings of the portal: two plain texts."""
    found = PortalSettings.for_site(Site.objects.get())
    found.name, found.tagline, found.organiser, found.operator = "江津教育", "办好每一所学校", "", ""
    found.contact = found.copyright = found.licence_name = ""
    found.save()
    return found


@pytest.fixture
def original(settings_):
    return original_of(settings_)


@pytest.fixture
def person(db):
    """A translator into English, who keeps the glossary too."""
    user = User.objects.create_user("translator", password="demo")
    kind = ContentType.objects.get_for_model(Language)
    translate = Permission.objects.get_or_create(content_type=kind, codename="translate_en", defaults={"name": "…"})[0]
    others = Permission.objects.filter(codename__in=["access_admin", "add_term", "change_term", "view_term"])
    user.user_permissions.set([translate, *others])
    return user


def exported(original, format="po", code="en"):
    return exchange.export_bytes([original], code, format)


def filled(content, **texts):
    """The file with its texts filled in by path, as a translator's program does."""
    if not content.startswith(b"<"):
        file = polib.pofile(content.decode())
        for entry in file:
            path = entry.msgctxt.split(":", 2)[2].rpartition("@")[0]
            if path in texts:
                entry.msgstr = texts[path]
        return str(file).encode()
    root = etree.fromstring(content)
    for unit in root.iter("{*}trans-unit"):
        if unit.get("id") in texts:
            target = unit.find("{*}target")
            if target is None:
                target = etree.Element(f"{{{xliff.XLIFF}}}target")
                unit.find("{*}source").addnext(target)
            target.text = texts[unit.get("id")]
    return etree.tostring(root)


def fates(report):
    return {outcome.entry.path: outcome.fate for outcome in report.outcomes}


def standing(original, path, code="en"):
    return next(each for each in rows_of(original, code) if each.segment.path == path)


@pytest.mark.django_db
class TestImport:
    @pytest.mark.parametrize("format", FORMATS)
    def test_texts_land_for_review_with_their_history(self, original, person, format):
        content = filled(exported(original, format), name="Jiangjin Education")
        dry = exchange.run(content, person, dry_run=True)
        assert fates(dry) == {"name": Fate.REVIEW, "tagline": Fate.EMPTY}
        assert not Unit.objects.exists()
        assert fates(exchange.run(content, person)) == fates(dry)
        unit = Unit.objects.get()
        assert (unit.text, unit.state, unit.origin) == ("Jiangjin Education", "review", "import")
        assert (unit.author, unit.reviewer, unit.version, unit.path) == (person, None, 1, "name")
        version = UnitVersion.objects.get()
        assert (version.text, version.state, version.origin, version.by) == (unit.text, "review", "import", person)
        assert original.translations.get(language="en").stage == "draft"
        assert fates(exchange.run(content, person)) == {"name": Fate.UNCHANGED, "tagline": Fate.EMPTY}
        assert fates(exchange.run(exported(original, format), person)) == fates(exchange.run(content, person))
        assert UnitVersion.objects.count() == 1

    def test_an_approved_text_that_was_rewritten_is_reviewed_anew(self, original, person):
        exchange.run(filled(exported(original), name="Jiangjin"), person)
        Unit.objects.update(state=State.APPROVED, reviewer=person)
        report = exchange.run(filled(exported(original), name="Jiangjin Education"), person)
        assert fates(report)["name"] is Fate.REVIEW
        assert report.outcomes[0].before == "Jiangjin"
        unit = Unit.objects.get()
        assert (unit.text, unit.state, unit.reviewer, unit.version) == ("Jiangjin Education", "review", None, 2)

    @pytest.mark.parametrize("format", FORMATS)
    def test_what_the_chinese_left_behind_is_kept_as_outdated(self, original, settings_, person, format):
        content = filled(exported(original, format), tagline="Good schools", name="Jiangjin")
        settings_.tagline = "办好每一所家门口的学校"
        settings_.save()
        report = exchange.run(content, person)
        assert fates(report) == {"name": Fate.REVIEW, "tagline": Fate.OUTDATED}
        row = standing(original, "tagline")
        assert (row.standing, row.text, row.earlier.source_text) == (
            Standing.OUTDATED,
            "Good schools",
            "办好每一所学校",
        )
        assert original.translations.get(language="en").outdated == 1
        again = exported(original, format)
        assert fates(exchange.run(again, person))["tagline"] is Fate.UNCHANGED
        confirmed = again.replace(b"#, fuzzy\n", b"").replace(b'state="needs-adaptation"', b'state="translated"')
        assert fates(exchange.run(confirmed, person))["tagline"] is Fate.REVIEW
        assert standing(original, "tagline").standing is Standing.REVIEW

    def test_what_was_written_here_meanwhile_is_left_alone_unless_asked(self, original, person):
        exchange.run(filled(exported(original), name="First"), person)
        content = filled(exported(original), name="From the file")
        later = timezone.now() + timedelta(seconds=1)
        Unit.objects.update(text="From the desk", updated_at=later)
        report = exchange.run(content, person)
        assert (fates(report)["name"], report.has_conflicts) == (Fate.CONFLICT, True)
        assert report.outcomes[0].before == "From the desk"
        assert standing(original, "name").text == "From the desk"
        assert fates(exchange.run(content, person, overwrite=True))["name"] is Fate.REVIEW
        assert standing(original, "name").text == "From the file"

    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("state", State)
    def test_what_nobody_touched_in_the_file_changes_nothing_here(self, original, person, format, state):
        exchange.run(filled(exported(original), name="First"), person)
        Unit.objects.update(state=state)
        content = exported(original, format)
        Unit.objects.update(text="Second", state="draft", updated_at=timezone.now() + timedelta(seconds=1))
        assert fates(exchange.run(content, person, overwrite=True))["name"] is Fate.UNCHANGED
        assert fates(exchange.run(filled(content, name="Third"), person))["name"] is Fate.CONFLICT
        assert standing(original, "name").text == "Second"

    def test_a_draft_that_is_written_over_is_kept(self, original, person):
        exchange.run(filled(exported(original), name="First"), person)
        Unit.objects.update(text="A draft of the desk", state="draft")
        exchange.run(filled(exported(original), name="Second"), person)
        assert list(UnitVersion.objects.values_list("text", flat=True)) == ["Second", "A draft of the desk", "First"]

    def test_a_file_without_a_time_never_wins_over_the_desk(self, original, person):
        exchange.run(filled(exported(original), name="First"), person)
        lines = filled(exported(original), name="Other").decode().splitlines()
        content = "\n".join(line for line in lines if "X-Exported" not in line and "POT-Creation" not in line)
        assert fates(exchange.run(content.encode(), person))["name"] is Fate.CONFLICT

    def test_other_errors_land_as_drafts_and_are_reported(self, original, settings_, person):
        settings_.tagline = "新增学位8660个"
        settings_.save()
        report = exchange.run(filled(exported(original), tagline="866 new school places"), person)
        (outcome,) = report.shown
        assert (outcome.fate, standing(original, "tagline").standing) == (Fate.DRAFT, Standing.DRAFT)
        assert "8660" in outcome.reasons[0] or "8,660" in outcome.reasons[0]

    def test_what_is_not_here_is_reported(self, original, settings_, person):
        content = filled(exported(original), name="Name", tagline="Tagline").decode()
        settings_.tagline = ""
        settings_.save()
        strange = content.replace("core.portalsettings:", "core.user:").replace('msgctxt "core', 'msgctxt "core')
        assert fates(exchange.run(content.encode(), person)) == {"name": Fate.REVIEW, "tagline": Fate.UNKNOWN}
        assert set(fates(exchange.run(strange.encode(), person)).values()) == {Fate.UNKNOWN}
        for bad in ("x", "1" * 30, "²"):
            broken = content.replace(f"portalsettings:{settings_.pk}:", f"portalsettings:{bad}:")
            assert set(fates(exchange.run(broken.encode(), person)).values()) == {Fate.UNKNOWN}

    def test_a_forged_wording_is_refused(self, original, settings_, person):
        content = filled(exported(original), tagline="Good schools").decode()
        settings_.tagline = "别的话"
        settings_.save()
        forged = content.replace('msgid "办好每一所学校"', 'msgid "我的话"')
        assert fates(exchange.run(forged.encode(), person))["tagline"] is Fate.REFUSED
        assert not Unit.objects.exists()

    def test_a_segment_that_is_there_twice_is_taken_once(self, original, person):
        file = filled(exported(original), name="One").decode()
        entry = file[file.index("#. ") :].split("\n\n")[0]
        same = exchange.run(f"{file}\n{entry}\n".encode(), person, dry_run=True)
        other = exchange.run(f"{file}\n{entry.replace('One', 'Two')}\n".encode(), person)
        assert [o.fate for o in same.outcomes if o.entry.path == "name"] == [Fate.REVIEW, Fate.UNCHANGED]
        assert [o.fate for o in other.outcomes if o.entry.path == "name"] == [Fate.REVIEW, Fate.REFUSED]
        assert Unit.objects.get().text == "One"

    def test_an_error_in_the_middle_leaves_nothing_behind(self, original, person, monkeypatch):
        content = filled(exported(original), name="Name", tagline="Tagline")
        monkeypatch.setattr("languages.exchange.importing.refresh", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            exchange.run(content, person)
        assert not Unit.objects.exists()

    def test_only_languages_and_texts_of_the_translator(self, original, person):
        french = filled(exported(original, code="fr"), name="Éducation")
        with pytest.raises(DeskError):
            exchange.run(french, person)
        content = filled(exported(original), name="Jiangjin")
        Original.objects.update(is_live=False)
        assert fates(exchange.run(content, person))["name"] is Fate.UNKNOWN
        assert not Unit.objects.exists()

    def test_too_long_a_text_is_refused(self, original, person):
        report = exchange.run(filled(exported(original), name="x" * 20_001), person)
        assert fates(report)["name"] is Fate.REFUSED

    def test_a_plain_text_gets_no_tags(self, original, person):
        report = exchange.run(filled(exported(original), name="<b>Jiangjin</b>", tagline="Schools < good & >"), person)
        assert fates(report) == {"name": Fate.REFUSED, "tagline": Fate.REVIEW}

    def test_the_number_of_queries_does_not_grow_with_unchanged_segments(
        self, original, person, django_assert_max_num_queries
    ):
        exchange.run(filled(exported(original), name="A", tagline="B"), person)
        content = exported(original)
        with django_assert_max_num_queries(16):
            exchange.run(content, person, dry_run=True)


@pytest.mark.once
@pytest.mark.django_db
class TestViews:
    @pytest.fixture(autouse=True)
    def _in(self, client, person):
        client.force_login(person)

    def upload(self, client, content, name="file.po", url="languages_import"):
        return client.post(reverse(url), {"file": SimpleUploadedFile(name, content)})

    @pytest.mark.parametrize("format", FORMATS)
    def test_export_is_a_download(self, client, original, format):
        response = client.get(
            reverse("languages_export"), {"original": [original.pk, "x"], "language": "en", "format": format}
        )
        assert response.status_code == 200
        assert f".{ENDINGS[format]}" in response["Content-Disposition"]
        assert len(exchange.importing.read(response.content).entries) == 2

    def test_export_is_for_those_who_translate(self, client, original):
        def status(**data):
            return client.get(
                reverse("languages_export"), {"original": original.pk, "language": "en"} | data
            ).status_code

        assert (status(format="docx"), status(original="0"), status(original="x")) == (404, 404, 404)
        assert (status(language="fr"), status(language="")) == (302, 302)
        Original.objects.update(is_live=False)
        assert status() == 404

    def test_first_what_would_happen_is_shown_then_it_happens(self, client, original):
        content = filled(exported(original), name="Jiangjin < Education")
        assert client.get(reverse("languages_import")).status_code == 200
        shown = self.upload(client, content)
        assert (shown.status_code, Unit.objects.count()) == (200, 0)
        assert "Jiangjin &lt; Education" in shown.content.decode()
        kept = shown.context["kept"]
        assert client.post(reverse("languages_import"), {"kept": kept + "x"}).status_code == 422
        done = client.post(reverse("languages_import"), {"kept": kept})
        assert (done.status_code, Unit.objects.get().text) == (200, "Jiangjin < Education")
        assert b'name="kept"' not in done.content

    def test_a_conflict_can_be_overwritten(self, client, original, person):
        content = filled(exported(original), name="From the file")
        exchange.run(filled(exported(original), name="From the desk"), person)
        kept = self.upload(client, content).context["kept"]
        again = client.post(reverse("languages_import"), {"kept": kept, "overwrite": "on", "look": ""})
        assert [outcome.fate for outcome in again.context["report"].shown] == [Fate.REVIEW]
        assert Unit.objects.get().text == "From the desk"
        client.post(reverse("languages_import"), {"kept": kept, "overwrite": "on"})
        assert Unit.objects.get().text == "From the file"

    @pytest.mark.parametrize("content", [b"", b"hello", BOMB.encode(), b" " * (exchange.LARGEST + 1)])
    def test_a_bad_file_is_an_error_in_the_form(self, client, content):
        response = self.upload(client, content)
        assert response.status_code == 422
        assert response.context["form"].errors["file"]
        assert 'role="alert"' in response.content.decode()

    def test_what_does_not_fit_into_a_form_is_said(self, client, original, monkeypatch):
        monkeypatch.setattr("languages.views.exchange.MOST_KEPT", 100)
        response = self.upload(client, filled(exported(original), name="Jiangjin"))
        assert (response.status_code, "file" in response.context["form"].errors) == (422, True)

    def test_others_are_kept_out(self, client, db):
        client.force_login(User.objects.create_user("nobody", password="demo"))
        for url in ("languages_import", "languages_import_glossary", "languages_export"):
            assert client.get(reverse(url)).status_code in (302, 403)


# Commands ------------------------------------------------------------------------------------


def command(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
class TestCommands:
    @pytest.mark.parametrize("format", FORMATS)
    def test_out_and_back_in(self, original, tmp_path, format):
        notice = SiteNotice.objects.create(text="学校放假")
        path = tmp_path / "file"
        command("export_translations", "--language", "en", "--format", format, "-o", str(path))
        path.write_bytes(filled(path.read_bytes(), text="Schools are closed"))
        assert f"review: core.sitenotice:{notice.pk} text" in command("import_translations", str(path), "--dry-run")
        assert not Unit.objects.exists()
        assert "en: review 1, empty 2" in command("import_translations", str(path))
        unit = Unit.objects.get()
        assert (unit.text, unit.state, unit.author) == ("Schools are closed", "review", None)

    def test_as_somebody(self, original, person, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(filled(exported(original), name="Jiangjin"))
        command("import_translations", str(path), "--user", "translator")
        assert Unit.objects.get().author == person
        with pytest.raises(CommandError, match="nobody"):
            command("import_translations", str(path), "--user", "nobody")

    def test_what_cannot_be_done_is_said(self, db, tmp_path):
        bad = tmp_path / "bad"
        bad.write_bytes(b"hello")
        out = str(tmp_path / "out")
        for args in (
            ["import_translations", str(bad)],
            ["import_translations", str(tmp_path / "missing")],
            ["export_translations", "--language", "xx", "-o", out],
            ["export_translations", "--language", "en", "--page", "999999", "-o", out],
            ["export_translations", "--language", "en", "-o", str(tmp_path / "no" / "out")],
        ):
            with pytest.raises(CommandError):
                command(*args)


# The glossary --------------------------------------------------------------------------------


HEADER = "source,allowed,forbidden,subject,do_not_translate,note,place\n"


def glossary_file(*lines, header=HEADER):
    return ("\ufeff" + header + "\n".join(lines)).encode()


@pytest.mark.once
@pytest.mark.django_db
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

    def look(self, client, content):
        url = reverse("languages_import_glossary")
        return client.post(url, {"file": SimpleUploadedFile("glossary.csv", content)})

    def take(self, client, content):
        shown = self.look(client, content)
        return client.post(reverse("languages_import_glossary"), {"kept": shown.context["kept"]})

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_what_is_exported_is_read_again(self, client, term, language):
        Term.objects.create(source="=1+1", note="-2")
        client.cookies["django_language"] = language
        answer = client.get(reverse("wagtailsnippets_languages_term:list"), {"export": "csv"})
        content = b"".join(answer.streaming_content)
        report = self.look(client, content).context["report"]
        assert report.counts == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}

    def test_terms_are_added_and_changed(self, client, term):
        content = glossary_file(
            '学位,"en: school place\nfr: place: scolaire",en: seat,schools,False,,', "学区,,,schools,True,片区,"
        )
        shown = self.look(client, content)
        assert Term.objects.count() == 1
        assert "seat" in shown.content.decode()
        assert self.take(client, content).status_code == 200
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
        self.take(client, glossary_file("学位,en: seat", header="source,forbidden\n"))
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
        report = self.look(client, content).context["report"]
        assert [row.act for row in report.rows] == ["new", "wrong"]
        assert report.rows[1].problems
        self.take(client, content)
        assert not Term.objects.exists()

    @pytest.mark.parametrize("content", [b"a,b\n1,2", "词".encode("gbk"), b'source\n"x', b"source,source\n", b"\n"])
    def test_a_bad_file_is_an_error_in_the_form(self, client, content):
        response = self.look(client, content)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])

    def test_it_needs_the_right_to_the_glossary(self, client, person):
        person.user_permissions.remove(Permission.objects.get(codename="change_term"))
        assert self.look(client, glossary_file("词,,,,,,")).status_code == 302
        assert not Term.objects.exists()
