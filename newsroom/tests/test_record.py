"""The record: an entry for each act, nothing that can be changed in silence."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.documents import get_document_model

from core.models import PortalImage, User
from core.publishing import bypass_review
from core.publishing.acts import together
from core.publishing.schedule import run_due
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.models import StoryPage, Topic
from news.tests.factories import make_programme, make_story, publish, translate
from newsroom.models import Entry
from newsroom.models.record import ReadOnly
from newsroom.record import files, sealing
from newsroom.record.things import recorded_models
from newsroom.record.verifying import problems
from schools.tests.factories import make_image, make_school


pytestmark = pytest.mark.django_db

KINDS = Entry.Kind


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.KEEPS_RECORD = True


@pytest.fixture
def story(settings):
    """With a figure, a picture, a school and a document, on a site that was sealed."""
    settings.KEEPS_RECORD = False
    school, figure, programme, picture = make_school(), make_observation(), make_programme(), make_image()
    document = get_document_model().objects.create(title="附件", file=ContentFile(b"text", name="a.txt"))
    body = [
        {
            "type": "text",
            "id": "a",
            "value": f'<p>新增学位<a linktype="figure" id="{figure.pk}">8660个</a>，见'
            f'<a linktype="page" id="{programme.pk}">工程</a>。</p>',
        },
        {"type": "image", "id": "b", "value": {"image": picture.pk, "caption": "校园", "credit": "", "alt": ""}},
        {"type": "schools", "id": "c", "value": {"heading": "", "schools": [school.pk]}},
        {"type": "document", "id": "d", "value": {"document": document.pk, "title": ""}},
    ]
    story = make_story(title="开学", slug="first-day", body=body)
    settings.KEEPS_RECORD = True
    call_command("seal_existing", verbosity=0)
    return story


def newest():
    return Entry.objects.first()


def since(number):
    return [(each.kind, each.title) for each in Entry.objects.filter(number__gt=number).order_by("number")]


def last_number():
    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def verified():
    return list(problems())


class TestEntries:
    def test_a_publication_says_what_who_and_when(self, story):
        chief = User.objects.create_superuser("chief", first_name="陈", last_name="主编")
        story.title = "开学了"
        story.save_revision().publish(user=chief)
        entry = newest()
        assert (entry.kind, entry.model, entry.object_id) == ("publication", "news.storypage", story.pk)
        assert (entry.title, entry.key) == ("开学了", story.url_path)
        assert entry.by == {"name": chief.get_full_name(), "account": "chief", "roles": [], "superuser": True}
        assert timezone.now() - entry.at < timedelta(minutes=1)
        assert verified() == []
        chief.delete()
        assert newest().by["name"]
        assert verified() == []

    def test_each_publication_even_of_the_same(self, story):
        number = last_number()
        publish(story)
        publish(story)
        assert since(number) == [("publication", "开学")] * 2

    def test_a_draft_a_schedule_and_a_translation_are_none(self, story):
        number = last_number()
        story.title = "草稿"
        story.go_live_at = timezone.now() + timedelta(days=1)
        story.save_revision().publish()
        translate(StoryPage.objects.get(pk=story.pk))
        make_story(live=False)
        assert since(number) == []
        assert verified() == []

    def test_what_was_scheduled_goes_live_with_an_entry(self, story):
        number = last_number()
        story.title = "按时"
        revision = story.save_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        run_due()
        assert since(number) == [("publication", "按时")]

    def test_withdrawn_and_published_again(self, story):
        number = last_number()
        story.unpublish()
        publish(StoryPage.objects.get(pk=story.pk))
        assert since(number) == [("withdrawal", "开学"), ("publication", "开学")]
        assert verified() == []

    def test_a_copy_and_an_alias_that_follows(self, story):
        number = last_number()
        story.copy(update_attrs={"slug": "copy", "title": "复本"})
        story.create_alias(update_slug="alias")
        story.title = "改过"
        publish(story)
        told = [("publication", "复本"), ("publication", "开学"), ("publication", "改过"), ("publication", "改过")]
        assert since(number) == told
        assert verified() == []

    def test_deleting(self, story):
        topic = Topic.objects.create(key="open", name="公开")
        number = last_number()
        topic.delete()
        story.get_parent().delete()
        assert ("withdrawal", "公开") in since(number)
        assert ("withdrawal", "开学") in since(number)
        assert verified() == []

    def test_a_snippet_without_drafts_if_it_says_something_else(self, story):
        topic = Topic.objects.create(key="open", name="公开")
        number = last_number()
        topic.save()
        assert since(number) == []
        topic.name = "开放"
        topic.save()
        assert since(number) == [("publication", "开放")]

    def test_moving_changes_nothing_that_is_said(self, story):
        number = last_number()
        parent = story.get_parent()
        other = parent.copy(update_attrs={"slug": "elsewhere"})
        publications = since(number)
        story.move(other, pos="last-child")
        assert since(number) == publications
        assert verified() == []

    def test_the_reason_of_a_bypass_is_kept(self, story):
        with bypass_review("the demo"):
            publish(story)
        assert newest().reason == "the demo"

    def test_many_acts_together_are_written_once_each(self, story):
        number = last_number()
        with together():
            publish(story)
            publish(story)
            Topic.objects.create(key="open", name="公开")
        assert sorted(since(number)) == [("publication", "公开"), ("publication", "开学")]
        assert verified() == []

    def test_what_is_undone_is_not_recorded(self, story):
        number = last_number()
        with transaction.atomic():
            publish(story)
            transaction.set_rollback(True)
        assert last_number() == number


class TestEmbedded:
    """An honest change of what a story embeds is an entry of the story."""

    def assert_told(self, number, *others):
        assert since(number) == [*others, ("embedded", "开学")]
        assert verified() == []

    def test_a_figure(self, story):
        figure, number = Observation.objects.get(), last_number()
        figure.value, figure.status, figure.change_reason = Decimal(8700), "revised", "更正"
        figure.save_revision().publish()
        self.assert_told(number, ("publication", figure.key))
        assert newest().details == {"changed": [f"metrics.observation {figure.pk}"]}

    def test_a_figure_that_is_withdrawn(self, story):
        figure, number = Observation.objects.get(), last_number()
        figure.unpublish()
        self.assert_told(number, ("withdrawal", figure.key))

    def test_a_schools_name(self, story):
        school, number = story.body[2].value["schools"][0].specific, last_number()
        school.title = "双福七小"
        publish(school)
        self.assert_told(number, ("publication", "双福七小"))

    def test_a_school_that_keeps_its_name_asks_for_no_story(self, story):
        school, number = story.body[2].value["schools"][0].specific, last_number()
        school.standfirst = "江边的学校。"
        publish(school)
        assert since(number) == [("publication", school.title)]

    def test_a_pictures_credit(self, story):
        number = last_number()
        for picture in PortalImage.objects.all():
            picture.credit = "别人摄"
            picture.save()
        self.assert_told(number)

    def test_another_file(self, story):
        number = last_number()
        document = get_document_model().objects.get()
        document.file.save("b.txt", ContentFile(b"other"))
        document._set_file_hash()
        document.save()
        assert set(since(number)) == {("embedded", "开学")}
        assert verified() == []

    @pytest.mark.parametrize("model", [PortalImage, get_document_model()])
    def test_a_file_that_is_deleted(self, story, model):
        """Snippets and pages in use cannot be; pictures and documents can."""
        number = last_number()
        model.objects.get().delete()
        self.assert_told(number)

    def test_what_a_draft_embeds_and_nobody_sees(self, story):
        draft = make_story(live=False, body=story.body)
        number = last_number()
        figure = Observation.objects.get()
        figure.status = "revised"
        figure.save_revision().publish()
        assert since(number) == [("publication", figure.key), ("embedded", "开学")]
        assert not Entry.objects.filter(object_id=draft.pk).exists()


class TestVerifying:
    def said(self):
        with pytest.raises(CommandError) as error:
            call_command("verify_record")
        return str(error.value)

    def test_a_site_that_was_sealed_is_as_it_was(self, story, capsys):
        call_command("verify_record")
        assert "All is as it was recorded" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (StoryPage, {"title_zh_hans": "开业"}),
            (StoryPage, {"live": False}),
            (StoryPage, {"body_zh_hans": "[]"}),
            (Topic, {"name_zh_hans": "公开学"}),
            (Observation, {"value": Decimal(8661)}),
            (PortalImage, {"credit_zh_hans": "别人摄"}),
        ],
    )
    def test_one_changed_column_is_named(self, story, capsys, model, values):
        Topic.objects.create(key="open", name="公开")
        models.QuerySet(model).all().update(**values)
        assert "What differs" in self.said()
        named = "open" if model is Topic else "first-day"
        assert named in capsys.readouterr().out

    def test_what_went_live_past_the_gate_is_named(self, story, capsys):
        draft = make_story(live=False, slug="smuggled")
        StoryPage.objects.filter(pk=draft.pk).update(live=True)
        self.said()
        assert "smuggled" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "change",
        ["title = 'x'", "reason = 'x'", "at = '2020-01-01'", 'by = \'{"name": "x"}\'', f"hash = '{'0' * 64}'"],
    )
    def test_one_changed_entry_is_named(self, story, capsys, change):
        publish(story)
        number = last_number()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE newsroom_entry SET {change} WHERE number = %s", [number])  # noqa: S608
        self.said()
        assert f"entry {number} " in capsys.readouterr().out

    def test_an_entry_that_was_taken_away_is_named(self, story, capsys):
        publish(story)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM newsroom_entry WHERE number = %s", [last_number() - 1])
        self.said()
        assert "are missing" in capsys.readouterr().out

    def test_an_entry_stays_as_it_is(self, story):
        entry = newest()
        for change in (entry.save, entry.delete, Entry.objects.all().delete):
            with pytest.raises(ReadOnly):
                change()
        with pytest.raises(ReadOnly):
            Entry.objects.update(title="x")

    def test_a_number_of_queries_that_does_not_grow_with_the_site(self, story, django_assert_max_num_queries):
        for _number in range(5):
            make_story(body=story.body)
        with django_assert_max_num_queries(8 * len(recorded_models())):
            verified()


class TestSealing:
    def test_only_once(self, story):
        with pytest.raises(CommandError, match="was sealed on"):
            call_command("seal_existing")

    def test_a_site_without_a_record_is_told_how(self, settings):
        settings.KEEPS_RECORD = False
        make_story()
        with pytest.raises(CommandError, match="seal_existing"):
            call_command("verify_record")
        call_command("seal_existing", verbosity=0)
        assert {each.kind for each in Entry.objects.all()} == {KINDS.SEALED, KINDS.SEAL}
        call_command("verify_record", verbosity=0)

    def test_what_has_an_entry_already_keeps_it(self, settings):
        story = make_story()
        assert sealing.seal_existing("test") > 0
        kinds = Entry.objects.filter(model="news.storypage", object_id=story.pk).values_list("kind", flat=True)
        assert list(kinds) == [KINDS.PUBLICATION]

    def test_more_than_a_statement_can_name(self, settings, monkeypatch):
        monkeypatch.setattr(sealing, "KEYS", 1)
        settings.KEEPS_RECORD = False
        stories = [make_story() for _number in range(3)]
        settings.KEEPS_RECORD = True
        publish(stories[1])
        sealing.seal_existing("test")
        assert Entry.objects.filter(model="news.storypage").count() == 3
        assert verified() == []


@pytest.mark.once
class TestFiles:
    @pytest.fixture
    def path(self, story, tmp_path):
        publish(story)
        path = tmp_path / "record.jsonl"
        call_command("export_record", output=path, verbosity=0)
        return path

    def test_as_it_was_exported(self, path):
        assert len(path.read_text().splitlines()) == last_number()
        assert json.loads(path.read_text().splitlines()[-1])["hash"] == newest().hash
        assert list(problems(path)) == []

    def test_each_changed_byte_of_a_line_is_named(self, path):
        whole = path.read_text()
        line = whole.splitlines()[-1]
        for place in range(0, len(line), 7):
            path.write_text(whole.replace(line, f"{line[:place]}#{line[place + 1 :]}"))
            assert any(f"line {last_number()}" in each for each in problems(path)), line[place]

    def test_a_line_that_was_taken_away_is_named(self, path):
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(lines[:1] + lines[2:]))
        assert "line 2" in " ".join(problems(path))

    def test_a_changed_byte_between_lines_is_named(self, path):
        whole = path.read_bytes()
        for changed in (whole[:-1] + b" ", whole[:-1], whole.replace(b"\n", b"\r\n", 1), whole.replace(b":", b": ", 1)):
            path.write_bytes(changed)
            assert any("not written as the record is" in each for each in problems(path)), changed[-9:]

    def test_a_file_that_begins_later_lacks_lines(self, path):
        path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
        assert list(problems(path)) == ["record.jsonl: entry 1 is missing"]

    def test_a_file_of_a_day_ends_with_the_day(self, path):
        daily = path.with_name(f"record-{timezone.localdate()}.jsonl")
        daily.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
        assert list(problems(daily)) == [f"{daily.name}: entry {last_number()} is missing"]

    def test_a_record_whose_end_was_cut_off_is_named_by_what_was_kept(self, path, settings):
        settings.RECORD_DIR = str(path.parent)
        files.write_days(timezone.now() + timedelta(days=1))
        assert verified() == []
        number = last_number()
        models.QuerySet(Entry).filter(number=number)._raw_delete("default")
        assert verified() == [
            f"record-{timezone.localdate()}.jsonl: line {number} (entry {number}) is not in the record"
        ]

    def test_a_file_that_was_written_anew_by_somebody(self, path):
        """Sealed as it should be, but not what the record says."""
        from core.publishing.digest import canonical_json, digest

        lines = path.read_text().splitlines()
        said = json.loads(lines[-1])
        del said["hash"]
        said["title"] = "开业"
        lines[-1] = canonical_json(said | {"hash": digest(said)})
        path.write_text("\n".join(lines))
        assert "title" in " ".join(problems(path))

    def test_a_day_of_its_own(self, story):
        today = timezone.localdate()
        assert len(list(files.lines(today))) == last_number()
        assert list(files.lines(today - timedelta(days=1))) == []

    def test_the_scheduler_writes_yesterday_once(self, story, settings, tmp_path):
        assert files.write_days(timezone.now()) == []
        settings.RECORD_DIR = str(tmp_path / "kept")
        tomorrow = timezone.now() + timedelta(days=1)
        assert [each.act for each in files.write_days(tomorrow)] == ["written"]
        assert files.write_days(tomorrow) == []
        assert list(problems(files.path_of(timezone.localdate()))) == []

    def test_days_on_which_the_scheduler_stood_still_are_written_later(self, story, settings, tmp_path):
        settings.RECORD_DIR = str(tmp_path)
        files.write_days(timezone.now() + timedelta(days=1))
        assert len(files.write_days(timezone.now() + timedelta(days=4))) == 3
        assert files.write_days(timezone.now() + timedelta(days=4)) == []
        (tmp_path / "record-notes.jsonl").write_text("")
        assert len(files.write_days(timezone.now() + timedelta(days=5))) == 1

    def test_the_first_files_begin_with_the_record(self, story, settings, tmp_path):
        settings.RECORD_DIR = str(tmp_path)
        assert len(files.write_days(timezone.now() + timedelta(days=3))) == 3
