"""Translations in files, at the desk: they land for review; what is wrong is refused or reported, never lost."""

import re
from datetime import timedelta
from io import StringIO

import polib
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from core.models import Language, PortalSettings, SiteNotice, User
from core.segments import Segment, source_hash
from languages import exchange
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.desk.rows import SegmentStatus, rows_of
from languages.exchange.budget import STORING, Budget, work_of
from languages.exchange.planning import ImportStatus
from languages.exchange.wordings import is_proven, proof
from languages.models import Original, Unit, UnitState, UnitVersion

from .translated_files import filled


FORMATS = ["xliff", "xliff-2.1", "po"]


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


def statuses(report):
    return {outcome.entry.path: outcome.status for outcome in report.outcomes}


def current_row(original, path, code="en"):
    return next(each for each in rows_of(original, code) if each.segment.path == path)


@pytest.mark.django_db
class TestImport:
    @pytest.mark.parametrize("format", FORMATS)
    def test_texts_land_for_review_with_their_history(self, original, person, format):
        content = filled(exported(original, format), name="Jiangjin Education")
        dry = exchange.import_file(content, person, dry_run=True)
        assert statuses(dry) == {"name": ImportStatus.REVIEW, "tagline": ImportStatus.EMPTY}
        assert not Unit.objects.exists()
        assert statuses(exchange.import_file(content, person)) == statuses(dry)
        unit = Unit.objects.get()
        assert (unit.text, unit.state, unit.origin) == ("Jiangjin Education", "review", "import")
        assert (unit.author, unit.reviewer, unit.version, unit.path) == (person, None, 1, "name")
        version = UnitVersion.objects.get()
        assert (version.text, version.state, version.origin, version.by) == (unit.text, "review", "import", person)
        assert original.translations.get(language="en").stage == "draft"
        assert statuses(exchange.import_file(content, person)) == {
            "name": ImportStatus.UNCHANGED,
            "tagline": ImportStatus.EMPTY,
        }
        assert statuses(exchange.import_file(exported(original, format), person)) == statuses(
            exchange.import_file(content, person)
        )
        assert UnitVersion.objects.count() == 1

    def test_an_approved_text_that_was_rewritten_is_reviewed_anew(self, original, person):
        exchange.import_file(filled(exported(original), name="Jiangjin"), person)
        Unit.objects.update(state=UnitState.APPROVED, reviewer=person)
        report = exchange.import_file(filled(exported(original), name="Jiangjin Education"), person)
        assert statuses(report)["name"] is ImportStatus.REVIEW
        assert report.outcomes[0].before == "Jiangjin"
        unit = Unit.objects.get()
        assert (unit.text, unit.state, unit.reviewer, unit.version) == ("Jiangjin Education", "review", None, 2)

    @pytest.mark.parametrize("format", FORMATS)
    def test_what_the_chinese_left_behind_is_kept_as_outdated(self, original, settings_, person, format):
        content = filled(exported(original, format), tagline="Good schools", name="Jiangjin")
        settings_.tagline = "办好每一所家门口的学校"
        settings_.save()
        report = exchange.import_file(content, person)
        assert statuses(report) == {"name": ImportStatus.REVIEW, "tagline": ImportStatus.OUTDATED}
        row = current_row(original, "tagline")
        assert (row.status, row.text, row.earlier.source_text) == (
            SegmentStatus.OUTDATED,
            "Good schools",
            "办好每一所学校",
        )
        assert original.translations.get(language="en").outdated == 1
        again = exported(original, format)
        assert statuses(exchange.import_file(again, person))["tagline"] is ImportStatus.UNCHANGED
        confirmed = again.replace(b"#, fuzzy\n", b"").replace(b'state="needs-adaptation"', b'state="translated"')
        confirmed = confirmed.replace(b'state="initial" subState="edu:outdated"', b'state="translated"')
        assert statuses(exchange.import_file(confirmed, person))["tagline"] is ImportStatus.REVIEW
        assert current_row(original, "tagline").status is SegmentStatus.REVIEW

    def test_what_was_written_here_meanwhile_is_left_alone_unless_asked(self, original, person):
        exchange.import_file(filled(exported(original), name="First"), person)
        content = filled(exported(original), name="From the file")
        later = timezone.now() + timedelta(seconds=1)
        Unit.objects.update(text="From the desk", updated_at=later)
        report = exchange.import_file(content, person)
        assert (statuses(report)["name"], report.has_conflicts) == (ImportStatus.CONFLICT, True)
        assert report.outcomes[0].before == "From the desk"
        assert current_row(original, "name").text == "From the desk"
        assert statuses(exchange.import_file(content, person, overwrite=True))["name"] is ImportStatus.REVIEW
        assert current_row(original, "name").text == "From the file"

    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("state", UnitState)
    def test_what_nobody_touched_in_the_file_changes_nothing_here(self, original, person, format, state):
        exchange.import_file(filled(exported(original), name="First"), person)
        Unit.objects.update(state=state)
        content = exported(original, format)
        Unit.objects.update(text="Second", state="draft", updated_at=timezone.now() + timedelta(seconds=1))
        assert statuses(exchange.import_file(content, person, overwrite=True))["name"] is ImportStatus.UNCHANGED
        assert statuses(exchange.import_file(filled(content, name="Third"), person))["name"] is ImportStatus.CONFLICT
        assert current_row(original, "name").text == "Second"

    @pytest.mark.parametrize("format", FORMATS)
    def test_what_was_lost_here_comes_back_from_a_file(self, original, settings_, person, format):
        exchange.import_file(filled(exported(original), name="Name", tagline="Tagline"), person)
        settings_.tagline = "别的话"
        settings_.save()
        content = exported(original, format)
        Unit.objects.all().delete()
        assert statuses(exchange.import_file(content, person)) == {
            "name": ImportStatus.REVIEW,
            "tagline": ImportStatus.UNCHANGED,
        }
        assert Unit.objects.get().text == "Name"

    def test_a_draft_that_is_written_over_is_kept(self, original, person):
        exchange.import_file(filled(exported(original), name="First"), person)
        Unit.objects.update(text="A draft of the desk", state="draft")
        exchange.import_file(filled(exported(original), name="Second"), person)
        assert list(UnitVersion.objects.values_list("text", flat=True)) == ["Second", "A draft of the desk", "First"]

    def test_a_file_without_a_time_never_wins_over_the_desk(self, original, person):
        exchange.import_file(filled(exported(original), name="First"), person)
        lines = filled(exported(original), name="Other").decode().splitlines()
        content = "\n".join(line for line in lines if "X-Exported" not in line and "POT-Creation" not in line)
        assert statuses(exchange.import_file(content.encode(), person))["name"] is ImportStatus.CONFLICT

    @pytest.mark.parametrize("state", ["new", "needs-translation", "needs-adaptation", "needs-l10n"])
    def test_what_xliff_calls_unfinished_lands_as_a_draft(self, original, person, state):
        content = filled(exported(original, "xliff"), name="Jiangjin")
        marked = content.replace(b"<target>", f'<target state="{state}">'.encode())
        assert marked != content
        self.assert_draft(exchange.import_file(marked, person))

    @pytest.mark.parametrize("state", ["translated", "needs-review-translation", "final", "signed-off", "x-own"])
    def test_what_xliff_calls_finished_awaits_review_and_no_more(self, original, person, state):
        content = filled(exported(original, "xliff"), name="Jiangjin")
        marked = content.replace(b"<target>", f'<target state="{state}">'.encode())
        exchange.import_file(marked, person)
        assert Unit.objects.get().state == UnitState.REVIEW

    def test_what_po_calls_fuzzy_lands_as_a_draft(self, original, person):
        file = polib.pofile(filled(exported(original), name="Jiangjin").decode())
        next(entry for entry in file if entry.msgstr).flags.append("fuzzy")
        self.assert_draft(exchange.import_file(str(file).encode(), person))

    @pytest.mark.parametrize(("state", "lands"), [("initial", "draft"), ("reviewed", "review"), ("final", "review")])
    def test_the_states_of_xliff_2(self, original, person, state, lands):
        content = filled(exported(original, "xliff-2.1"), name="Jiangjin")
        marked = content.replace(b'<segment id="s1">', f'<segment id="s1" state="{state}">'.encode())
        exchange.import_file(marked, person)
        assert Unit.objects.get().state == lands

    def assert_draft(self, report):
        (outcome,) = report.shown
        assert (outcome.status, Unit.objects.get().state) == (ImportStatus.DRAFT, UnitState.DRAFT)
        assert outcome.reasons

    @pytest.mark.parametrize("format", FORMATS)
    def test_a_finished_file_changes_nothing_the_second_time(self, original, settings_, person, format):
        """Whatever became of its texts: one lands for review, one as a draft for its errors, one has to be tidied, and
        one is refused."""
        settings_.tagline, settings_.organiser, settings_.operator = "新增学位8660个", "教育局", "教委"
        settings_.save()
        texts = {"name": "Jiangjin", "tagline": "866 places", "organiser": " Bu\u200breau ", "operator": "<b>x</b>"}
        content = filled(exported(original, format), **texts)
        if format != "po":
            content = content.replace(b"<target>", b'<target state="final">')
            content = content.replace(b'<segment id="s1">', b'<segment id="s1" state="final">')
        first = exchange.import_file(content, person)
        assert statuses(first) == {
            "name": ImportStatus.REVIEW,
            "tagline": ImportStatus.DRAFT,
            "organiser": ImportStatus.REVIEW,
            "operator": ImportStatus.REFUSED,
        }
        before = list(Unit.objects.values("pk", "version", "updated_at", "state"))
        for overwrite in (False, True):
            again = exchange.import_file(content, person, overwrite=overwrite)
            assert (again.has_changes, again.has_conflicts) == (False, False)
        assert list(Unit.objects.values("pk", "version", "updated_at", "state")) == before
        assert UnitVersion.objects.count() == 3

    def test_other_errors_land_as_drafts_and_are_reported(self, original, settings_, person):
        settings_.tagline = "新增学位8660个"
        settings_.save()
        report = exchange.import_file(filled(exported(original), tagline="866 new school places"), person)
        (outcome,) = report.shown
        assert (outcome.status, current_row(original, "tagline").status) == (ImportStatus.DRAFT, SegmentStatus.DRAFT)
        assert "8660" in outcome.reasons[0] or "8,660" in outcome.reasons[0]

    def test_what_is_not_here_is_reported(self, original, settings_, person):
        content = filled(exported(original), name="Name", tagline="Tagline").decode()
        settings_.tagline = ""
        settings_.save()
        strange = content.replace("core.portalsettings:", "core.user:").replace('msgctxt "core', 'msgctxt "core')
        assert statuses(exchange.import_file(content.encode(), person)) == {
            "name": ImportStatus.REVIEW,
            "tagline": ImportStatus.UNKNOWN,
        }
        assert set(statuses(exchange.import_file(strange.encode(), person)).values()) == {ImportStatus.UNKNOWN}
        for bad in ("x", "1" * 30, "²"):
            broken = content.replace(f"portalsettings:{settings_.pk}:", f"portalsettings:{bad}:")
            assert set(statuses(exchange.import_file(broken.encode(), person)).values()) == {ImportStatus.UNKNOWN}

    def test_an_earlier_wording_that_was_changed_in_the_file_is_refused(self, original, settings_, person):
        content = filled(exported(original), tagline="Good schools").decode()
        settings_.tagline = "别的话"
        settings_.save()
        forged = content.replace('msgid "办好每一所学校"', 'msgid "我的话"')
        assert statuses(exchange.import_file(forged.encode(), person))["tagline"] is ImportStatus.REFUSED
        assert not Unit.objects.exists()

    @pytest.mark.parametrize("format", FORMATS)
    def test_an_earlier_wording_is_one_that_was_exported(self, original, settings_, person, format):
        """Not one that somebody made up, though its hash fits."""
        content = filled(exported(original, format), tagline="Good schools").decode()
        real, made_up = (source_hash(Segment("", text, "plain", "")) for text in ("办好每一所学校", "我的话"))
        forged = content.replace("办好每一所学校", "我的话").replace(real, made_up)
        settings_.tagline = "别的话"
        settings_.save()
        assert statuses(exchange.import_file(forged.encode(), person))["tagline"] is ImportStatus.UNKNOWN
        assert not Unit.objects.exists()
        assert statuses(exchange.import_file(content.encode(), person))["tagline"] is ImportStatus.OUTDATED

    def test_an_earlier_wording_is_known_by_what_was_written_for_it(self, original, settings_, person):
        """Files that were exported before wordings were signed."""
        exchange.import_file(filled(exported(original, code="fr"), tagline="De bonnes écoles"), None)
        content = filled(exported(original), tagline="Good schools").decode()
        settings_.tagline = "别的话"
        settings_.save()
        po = polib.pofile(content)
        for entry in po:
            entry.msgctxt = re.sub(r"(@[0-9a-f]{64}).+", r"\1", entry.msgctxt)
        unsigned = str(po)
        assert statuses(exchange.import_file(unsigned.encode(), person))["tagline"] is ImportStatus.OUTDATED
        Unit.objects.all().delete()
        assert statuses(exchange.import_file(unsigned.encode(), person))["tagline"] is ImportStatus.UNKNOWN

    def test_a_proof_holds_for_one_wording_at_one_place(self, settings):
        made = proof("news.storypage:1", "title", "a" * 64)
        assert is_proven("news.storypage:1", "title", "a" * 64, made)
        for other in (("news.storypage:2", "title", "a" * 64), ("news.storypage:1", "lead", "a" * 64)):
            assert not is_proven(*other, made)
        assert not is_proven("news.storypage:1", "title", "b" * 64, made)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
        assert is_proven("news.storypage:1", "title", "a" * 64, made)
        settings.SECRET_KEY_FALLBACKS = []
        assert not is_proven("news.storypage:1", "title", "a" * 64, made)

    def test_a_segment_that_is_there_twice_is_taken_once(self, original, person):
        file = filled(exported(original), name="One").decode()
        entry = file[file.index("#. ") :].split("\n\n")[0]
        same = exchange.import_file(f"{file}\n{entry}\n".encode(), person, dry_run=True)
        other = exchange.import_file(f"{file}\n{entry.replace('One', 'Two')}\n".encode(), person)
        assert [o.status for o in same.outcomes if o.entry.path == "name"] == [
            ImportStatus.REVIEW,
            ImportStatus.UNCHANGED,
        ]
        assert [o.status for o in other.outcomes if o.entry.path == "name"] == [
            ImportStatus.REVIEW,
            ImportStatus.REFUSED,
        ]
        assert Unit.objects.get().text == "One"

    def test_an_error_in_the_middle_leaves_nothing_behind(self, original, person, monkeypatch):
        content = filled(exported(original), name="Name", tagline="Tagline")
        monkeypatch.setattr("languages.exchange.importing.refresh", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            exchange.import_file(content, person)
        assert not Unit.objects.exists()

    def test_only_languages_and_texts_of_the_translator(self, original, person):
        french = filled(exported(original, code="fr"), name="Éducation")
        with pytest.raises(DeskError):
            exchange.import_file(french, person)
        content = filled(exported(original), name="Jiangjin")
        Original.objects.update(is_live=False)
        assert statuses(exchange.import_file(content, person))["name"] is ImportStatus.UNKNOWN
        assert not Unit.objects.exists()

    def test_too_long_a_text_is_refused(self, original, person):
        report = exchange.import_file(filled(exported(original), name="x" * 20_001), person)
        assert statuses(report)["name"] is ImportStatus.REFUSED

    def test_a_plain_text_gets_no_tags(self, original, person):
        report = exchange.import_file(
            filled(exported(original), name="<b>Jiangjin</b>", tagline="Schools < good & >"), person
        )
        assert statuses(report) == {"name": ImportStatus.REFUSED, "tagline": ImportStatus.REVIEW}

    def test_a_file_that_asks_for_too_much_work_is_refused(self, original, person):
        content = filled(exported(original), name="Jiangjin Education", tagline="Good schools")
        work = work_of("江津教育Jiangjin Education办好每一所学校Good schools") + 2 * STORING
        exchange.import_file(content, person, budget=Budget(max_rows=3, max_work=work), dry_run=True)
        with pytest.raises(exchange.TooMuch):
            exchange.import_file(content, person, budget=Budget(max_work=work - 1))
        with pytest.raises(exchange.TooMuch):
            exchange.import_file(content, person, budget=Budget(max_rows=2))
        assert not Unit.objects.exists()
        exchange.import_file(content, person)
        exchange.import_file(content, person, budget=Budget(max_work=0))  # what is here already is not checked again

    def test_the_number_of_queries_does_not_grow_with_what_is_not_here(
        self, original, person, django_assert_max_num_queries
    ):
        content = filled(exported(original), name="A").decode()
        entry = content[content.index("#. ") :].split("\n\n")[0]
        strangers = [entry.replace("core.portalsettings", f"app{n}.model{n}") for n in range(50)]
        content = f"{content}\n" + "\n\n".join(strangers)
        with django_assert_max_num_queries(16):
            report = exchange.import_file(content.encode(), person, dry_run=True)
        assert dict(report.counts)[ImportStatus.UNKNOWN] == 50

    def test_the_number_of_queries_does_not_grow_with_unchanged_segments(
        self, original, person, django_assert_max_num_queries
    ):
        exchange.import_file(filled(exported(original), name="A", tagline="B"), person)
        content = exported(original)
        with django_assert_max_num_queries(16):
            exchange.import_file(content, person, dry_run=True)


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
        assert f".{exchange.FORMATS[format].ending}" in response["Content-Disposition"]
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
        signed = shown.context["signed"]
        assert client.post(reverse("languages_import"), {"kept": signed + "x"}).status_code == 422
        done = client.post(reverse("languages_import"), {"kept": signed})
        assert (done.status_code, Unit.objects.get().text) == (200, "Jiangjin < Education")
        assert b'name="kept"' not in done.content

    def test_a_conflict_can_be_overwritten(self, client, original, person):
        content = filled(exported(original), name="From the file")
        exchange.import_file(filled(exported(original), name="From the desk"), person)
        signed = self.upload(client, content).context["signed"]
        again = client.post(reverse("languages_import"), {"kept": signed, "overwrite": "on", "look": ""})
        assert [outcome.status for outcome in again.context["report"].shown] == [ImportStatus.REVIEW]
        assert Unit.objects.get().text == "From the desk"
        client.post(reverse("languages_import"), {"kept": signed, "overwrite": "on"})
        assert Unit.objects.get().text == "From the file"

    @pytest.mark.parametrize("content", [b"", b"hello", b"<!DOCTYPE x><xliff/>", b" " * (exchange.MAX_BYTES + 1)])
    def test_a_bad_file_is_an_error_in_the_form(self, client, content):
        response = self.upload(client, content)
        assert response.status_code == 422
        assert response.context["form"].errors["file"]
        assert 'role="alert"' in response.content.decode()

    def test_what_does_not_fit_into_a_form_is_said(self, client, original, monkeypatch):
        monkeypatch.setattr("languages.views.exchange.MAX_SIGNED", 100)
        response = self.upload(client, filled(exported(original), name="Jiangjin"))
        assert (response.status_code, "file" in response.context["form"].errors) == (422, True)

    def test_others_are_kept_out(self, client, db):
        client.force_login(User.objects.create_user("nobody", password="demo"))
        for url in ("languages_import", "languages_glossary_import", "languages_export"):
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
