"""The traps of modeltranslation on Wagtail, each with its cure: every test here goes red without it."""

import json

import modeltranslation.utils
import pytest
from django.core import checks
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps, override_script_prefix
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import ReferenceIndex, RevisionMixin, Site

from core import checks as portal_checks
from core.languages import SOURCE, TARGETS, address_language, column, content_language, reading, target_columns
from core.models import BasePage, Language
from core.publishing.projection import project, withdraw
from core.segments import extract
from news.models import HomePage, StandardPage, StoryPage
from schools.tests.factories import make_school

from .factories import make_home, make_index, make_story, publish, translate


pytestmark = pytest.mark.django_db


def row(page):
    """The stored row, past every descriptor."""
    names = [column("title", code) for code in (SOURCE, *TARGETS)]
    return models.QuerySet(type(page)).filter(pk=page.pk).values("title", *names).get()


class TestContentLanguageIsNotInterfaceLanguage:
    """D1."""

    def test_an_english_interface_writes_the_chinese_column(self):
        with translation.override("en"):
            story = make_story(title="双福六小开学")
            story.title = "双福六小迎新"
            publish(story)
        stored = row(story)
        assert stored["title_zh_hans"] == stored["title"] == "双福六小迎新"
        assert stored["title_en"] is None

    def test_reading_sets_both_languages_and_gives_them_back(self):
        assert content_language() == SOURCE
        with reading("en"):
            assert (content_language(), translation.get_language(), address_language()) == ("en", "en", SOURCE)
            with reading("zh-hant", address=True):
                assert (content_language(), address_language()) == ("zh-hant", "zh-hant")
        assert content_language() == SOURCE

    def test_reading_a_language_without_columns_is_refused(self):
        with pytest.raises(ValueError, match="de"), reading("de"):
            pass

    def test_start_up_fails_when_the_hook_has_moved(self, monkeypatch):
        assert portal_checks.check_content_language_hook() == []
        monkeypatch.setattr(modeltranslation.utils, "_get_language", translation.get_language)
        assert [error.id for error in portal_checks.check_content_language_hook()] == ["core.E001"]
        assert "core.E001" in [message.id for message in checks.run_checks()]


class TestRevisionsHoldTheSource:
    """D2."""

    def test_a_revision_holds_no_translation(self):
        story = translate(make_story())
        content = story.save_revision().content
        assert content["title_zh_hans"] == story.title
        assert not set(content) & set(target_columns(StoryPage))

    def test_a_published_translation_survives_the_publish_of_an_older_draft(self):
        story = make_story(title="旧题")
        story.title = "新题"
        draft = story.save_revision()
        translate(StoryPage.objects.get(pk=story.pk), title="Old title")
        draft.publish()
        assert row(story) | {"title_zh_hant": None} == {
            "title": "新题",
            "title_zh_hans": "新题",
            "title_zh_hant": None,
            "title_en": "Old title",
        } | {column("title", code): None for code in TARGETS if code not in ("en", "zh-hant")}

    def test_publishing_a_translation_leaves_source_and_draft_alone(self):
        story = make_story(title="旧题")
        story.title = "草稿"
        story.save_revision()
        before = StoryPage.objects.get(pk=story.pk)
        translate(before)
        after = StoryPage.objects.get(pk=story.pk)
        assert (after.title, after.draft_title, after.has_unpublished_changes) == ("旧题", "草稿", True)
        assert (after.latest_revision_id, after.last_published_at) == (
            before.latest_revision_id,
            before.last_published_at,
        )

    def test_a_translation_published_while_the_source_is_being_published_is_kept(self):
        story = make_story(title="旧题")
        story.title = "新题"
        action = PublishPageRevisionAction(story.save_revision())
        translate(StoryPage.objects.get(pk=story.pk), title="In between")
        action.execute()
        assert row(story)["title_en"] == "In between"
        assert row(story)["title_zh_hans"] == "新题"

    def test_translations_in_a_foreign_revision_are_not_taken_over(self):
        story = translate(make_story(), title="Right")
        revision = story.save_revision()
        revision.content |= {"title_en": "Stale", "title_fr": "Faux"}
        revision.save()
        with translation.override("fr"):
            revision.publish()
        assert row(story)["title_en"] == "Right"
        assert row(story)["title_fr"] is None

    def test_scheduled_publishing_keeps_translations(self):
        story = translate(make_story(title="旧题"), title="Kept")
        story.title = "定时"
        story.go_live_at = timezone.now() + timezone.timedelta(hours=1)
        story.save_revision().publish()
        revisions = story.revisions.filter(approved_go_live_at__isnull=False)
        revisions.update(approved_go_live_at=timezone.now() - timezone.timedelta(minutes=1))
        for revision in revisions:
            revision.content |= {
                "go_live_at": json.loads(json.dumps(str(timezone.now() - timezone.timedelta(minutes=1))))
            }
            revision.save()
        call_command("publish_scheduled")
        assert (row(story)["title_zh_hans"], row(story)["title_en"]) == ("定时", "Kept")

    @isolate_apps("news")
    def test_a_model_without_the_mixin_fails_the_check(self, monkeypatch):
        class Bad(RevisionMixin, models.Model):  # noqa: DJ008
            class Meta:
                app_label = "news"

        monkeypatch.setattr(portal_checks.apps, "get_models", lambda: [Bad, StoryPage])
        monkeypatch.setattr(portal_checks.languages, "translated_fields", lambda model: ["name"])
        assert [(e.id, e.obj) for e in portal_checks.check_revisions_hold_the_source()] == [("core.E002", Bad)]


class TestEveryPageTypeIsRegistered:
    """D3."""

    def test_renaming_any_page_is_kept(self):
        home = make_home()
        home.title = "改名"
        home.save()
        assert HomePage.objects.get(pk=home.pk).title == "改名"

    @isolate_apps("news")
    def test_an_unregistered_page_type_fails_the_check(self, monkeypatch):
        class Unregistered(models.Model):  # noqa: DJ008
            class Meta:
                app_label = "news"

        monkeypatch.setattr(portal_checks, "get_page_models", lambda: [Unregistered, StoryPage])
        assert [e.id for e in portal_checks.check_every_page_type_is_registered()] == ["core.E003"]


class TestStreams:
    """D4, D12."""

    BODY = [("text", '<p data-block-key="a1">新增学位8660个。</p>'), ("heading", {"heading": "学位", "subheading": ""})]

    def test_a_target_body_keeps_block_ids(self):
        story = make_story(body=self.BODY)
        english = translate(story)
        assert [block.id for block in english.body_en] == [block.id for block in story.body]
        assert "[en] 新增学位8660个。" in str(english.body_en[0].value.source)
        assert "新增学位8660个。" in str(english.body_zh_hans[0].value.source)

    def test_a_link_is_counted_once_however_many_languages_there_are(self):
        target = make_story()
        story = translate(
            make_story(body=[("text", f'<p data-block-key="a">见<a linktype="page" id="{target.pk}">此</a></p>')])
        )
        ReferenceIndex.create_or_update_for_object(story)
        links = ReferenceIndex.get_references_to(target).filter(object_id=str(story.pk))
        assert [link.model_path for link in links] == ["body.text"]


class TestWhatWagtailMade:
    """D5."""

    def test_its_root_page_has_a_title(self):
        assert BasePage.objects.get(depth=1).title == "Root"


class TestCopies:
    """D9."""

    def test_a_copy_starts_untranslated(self):
        story = translate(make_story(title="原文", body=TestStreams.BODY))
        with translation.override("en"):
            copy = story.copy(update_attrs={"slug": "copy", "title": "副本"}, keep_live=False)
        stored = row(copy)
        assert stored["title_zh_hans"] == "副本"
        assert [stored[column("title", code)] for code in TARGETS] == [None] * len(TARGETS)
        assert not any(getattr(copy, name) for name in target_columns(StoryPage))


class TestProjection:
    def test_traditional_characters_follow_every_publish(self):
        story = make_story(title="双福六小开学", body=TestStreams.BODY)
        assert story.title_zh_hant == "雙福六小開學"
        assert "新增學位8660個" in str(story.body_zh_hant[0].value.source)
        story.title = "学位"
        assert publish(story).title_zh_hant == "學位"

    def test_a_page_is_in_a_language_exactly_when_its_title_is(self):
        story = make_story()
        assert not story.is_in("en")
        assert story not in StoryPage.objects.in_language("en")
        story = translate(story)
        assert story.is_in("en")
        assert story in StoryPage.objects.in_language("en")
        assert story not in StoryPage.objects.not_in_language("en")
        story = withdraw(story, "en")
        assert not story.is_in("en")
        assert story in StoryPage.objects.not_in_language("en")

    def test_an_incomplete_translation_writes_nothing(self):
        story = make_story(body=TestStreams.BODY)
        texts = {segment.path: "x" for segment in extract(story)[:-1]}
        with pytest.raises(ValueError, match="body"):
            project(story, "en", texts)
        assert row(story)["title_en"] is None

    def test_the_source_is_no_target(self):
        with pytest.raises(ValueError, match="source"):
            project(make_story(), SOURCE, {})


class TestAddresses:
    """D10."""

    def test_addresses_follow_the_reader_not_the_interface(self):
        story = make_story(slug="kaixue")
        with translation.override("en"):
            assert story.url == "/news/kaixue/"
        with reading("en", address=True):
            assert story.url == "/en/news/kaixue/"
            with reading(SOURCE):
                assert story.url == "/en/news/kaixue/"

    def test_each_language_has_its_address(self, client):
        story = translate(make_story(slug="kaixue", title="开学"), title="Term begins")
        for path, text in [("", "开学"), ("/en", "Term begins"), ("/zh-hant", "開學")]:
            assert text in client.get(f"{path}{story.url}").content.decode()

    def test_a_closed_language_is_not_found_until_it_is_opened(self, client):
        story = translate(make_story(title="开学"), "fr", title="La rentrée")
        url = f"/fr{story.url}"
        assert client.get(url).status_code == 404
        assert "/fr/" not in client.get(story.url).content.decode()
        Language.objects.filter(code="fr").update(is_open=True)
        assert "La rentrée" in client.get(url).content.decode()
        assert url in client.get(story.url).content.decode()

    @pytest.mark.parametrize("code", ["zh-hans", "en", "ar"])
    def test_it_is_what_the_resolver_would_make(self, code):
        story, site = make_story(), Site.objects.get()
        with reading(code, address=True), override_script_prefix("/portal/"):
            for page in [story, story.get_parent(), site.root_page]:
                below = page.url_path.removeprefix(site.root_page.url_path)
                with translation.override(code):
                    assert page.url == reverse("wagtail_serve", args=[below])

    def test_a_page_outside_the_site_has_none(self):
        outside = BasePage.get_first_root_node().add_child(instance=StandardPage(title="外", slug="outside"))
        assert outside.url is None

    def test_a_page_that_is_not_in_a_language_is_shown_in_chinese_as_a_whole(self, client):
        translate(make_index(), title="News")
        page = client.get(f"/en{make_story(title='开学').url}").content.decode()
        assert '<html lang="en"' in page
        assert '<main id="main" lang="zh-Hans" dir="ltr"' in page
        assert '<meta name="robots" content="noindex' in page
        assert "开学" in page

    def test_lists_hold_the_language_and_then_what_is_in_chinese_only(self, client):
        translate(make_index(), title="News")
        translate(make_story(title="开学"), title="Term begins")
        make_story(title="扩建")
        page = client.get("/en/news/").content.decode()
        assert page.index("Term begins") < page.index("In Chinese only") < page.index("扩建")


@pytest.mark.parametrize("stored", ["editor", "bare"])
def test_schools_shown_as_cards_are_not_named_again_below(client, stored):
    carded, linked = make_school(title="卡片学校"), make_school(title="文中学校")
    card = {"type": "item", "id": "i1", "value": carded.pk} if stored == "editor" else carded.pk
    body = [
        {"type": "schools", "id": "b1", "value": {"heading": "", "schools": [card]}},
        {"type": "text", "id": "b2", "value": f'<p><a linktype="school" id="{linked.pk}">校</a></p>'},
    ]
    story = make_story(body=body)
    assert [page.title for page in story.about()] == ["文中学校"]
    assert client.get(story.url).content.decode().count("卡片学校") == 1


def test_translated_child_rows_fail_the_check(monkeypatch):
    assert portal_checks.check_child_rows_are_not_translated() == []
    monkeypatch.setattr(portal_checks.languages, "translated_fields", lambda model: ["role"])
    found = portal_checks.check_child_rows_are_not_translated()
    assert "news.StoryContributor" in {error.obj._meta.label for error in found}
    assert {error.id for error in found} == {"core.E004"}


def test_a_column_that_counts_references_again_fails_the_check(monkeypatch):
    assert portal_checks.check_translated_streams_are_content_fields() == []
    monkeypatch.delattr(StoryPage._meta.get_field("body_en"), "extract_references")
    assert [error.id for error in portal_checks.check_translated_streams_are_content_fields()] == ["core.E005"]
