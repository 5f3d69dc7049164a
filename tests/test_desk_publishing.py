"""A translation is published alone, follows its source, and reaches readers only in an open language."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import ModelLogEntry, PageLogEntry

from core.models import Language, PortalSettings, User
from core.publishing.checklist import findings_for
from core.segments import extract
from languages.desk.errors import DeskError
from languages.desk.originals import original_of
from languages.models import Original, Publication, Translation, TranslationStage, UnitState
from languages.publishing.loading import load
from languages.publishing.publish import NotReadyError, publish, withdraw
from languages.publishing.readiness import readiness_of
from languages.publishing.release import release, retract
from languages.publishing.rollback import roll_back
from languages.publishing.schedule import publish_due
from languages.publishing.staleness import stale_translations
from news.models import StoryPage
from schools.tests.factories import make_home, make_image

from .desk import STANDFIRST, TITLE, Bench, edited, paragraph, publisher, stored, story_of, take_up, translator


pytestmark = pytest.mark.django_db

A, B = ("a", "操场已经铺好。"), ("b", "图书馆还在装修。")


@pytest.fixture
def bench():
    """A story, every segment of it approved in French."""
    take_up(review_required=False, is_open=True)
    bench = Bench(story_of(A, B), publisher())
    bench.writes_all(UnitState.APPROVED)
    return bench


def published(bench, **options):
    return publish(bench.original, "fr", bench.user, **options)


def stage(bench):
    return Translation.objects.get(original=bench.original, language="fr").stage


# Alone --------------------------------------------------------------------------------------------


def test_the_source_and_its_draft_are_not_touched(bench):
    story = bench.obj
    story.title = "草稿里的题目"
    draft = story.save_revision()
    before = StoryPage.objects.filter(pk=story.pk).values(
        "title_zh_hans", "latest_revision_id", "live_revision_id", "has_unpublished_changes", "last_published_at"
    )
    held = before.get()
    assert held["has_unpublished_changes"]
    published(bench)
    assert before.get() == held
    assert story.revisions.latest("pk") == draft
    assert stored(story) == "La rentrée à Shuangfu"
    assert PageLogEntry.objects.get(action="languages.publish").user == bench.user


def test_it_is_on_the_site_with_the_date_of_its_source(bench, client):
    assert client.get(f"/fr{bench.obj.url}").content.decode().count("La rentrée à Shuangfu") == 0
    published(bench)
    page = client.get(f"/fr{bench.obj.url}").content.decode()
    assert "La rentrée à Shuangfu" in page
    assert "translation-note" in page
    edited(bench.obj, A, ("b", "图书馆装修好了。"))
    page = client.get(f"/fr{bench.obj.url}").content.decode()
    assert "La rentrée à Shuangfu" in page  # it stays, whole
    assert page.count("<strong>") == 1  # and says that the Chinese has changed


def test_what_keeps_it_from_being_published(bench):
    story = edited(bench.obj, A, B, ("m", "今年投入1.37亿元。"))
    bench = Bench(story, bench.user)
    with pytest.raises(NotReadyError) as caught:
        published(bench)
    assert [row.segment.text for row in caught.value.rows] == ["今年投入1.37亿元。"]
    bench.writes("1.37亿", "Cette année, 13,7 millions de yuans.")
    with pytest.raises(NotReadyError) as caught:
        published(bench)
    assert len(caught.value.reasons) == 2  # neither approved nor right
    bench.writes("1.37亿", "Cette année, 137 millions de yuans.", UnitState.APPROVED)
    published(bench)
    assert "137 millions" in str(stored(story, "body"))


def test_a_page_that_is_no_longer_published_takes_no_translation(bench):
    bench.obj.unpublish()
    with pytest.raises(DeskError):
        published(bench)


# Following the source --------------------------------------------------------------------------------


def test_moved_blocks_and_other_pictures_reach_the_translation_by_themselves(bench):
    published(bench)
    picture = make_image()
    shown = {"image": picture.pk, "caption": "", "credit": "", "alt": "", "wide": False}
    edited(bench.obj, B, {"type": "image", "value": shown, "id": "picture"}, A)
    body = str(list(stored(bench.obj, "body").raw_data))
    assert body.index("block-b") < body.index("picture") < body.index("block-a")
    assert stage(bench) == TranslationStage.PUBLISHED


def test_a_changed_text_leaves_the_translation_as_it_is_until_it_is_done(bench):
    published(bench)
    before = stored(bench.obj, "body")
    story = edited(bench.obj, ("a", "操场明年铺好。"), B, title="双福六小迎新")
    assert stored(story, "body") == before
    assert stage(bench) == TranslationStage.OUTDATED
    row = Translation.objects.get(original=bench.original)
    assert (row.done, row.outdated) == (2, 2)
    with pytest.raises(NotReadyError):
        published(bench)
    published(bench, accept_outdated=True)
    assert stage(bench) == TranslationStage.OUTDATED
    bench.writes("操场", "La cour sera prête l'an prochain.", UnitState.APPROVED)
    bench.writes("双福六小迎新", "Bienvenue à Shuangfu", UnitState.APPROVED)
    published(bench)
    assert (stage(bench), stored(story)) == (TranslationStage.PUBLISHED, "Bienvenue à Shuangfu")


def test_editors_are_told_which_translations_will_age(bench, client):
    published(bench)
    story = bench.obj
    story.body = [paragraph(*A), paragraph("b", "图书馆装修好了。")]
    story.save_revision()
    assert [(each.language.code, [s.text for s in each.segments]) for each in stale_translations(story)] == [
        ("fr", ["图书馆装修好了。"])
    ]
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    assert "图书馆装修好了。" in client.get(reverse("languages_page_translations", args=[story.pk])).content.decode()
    assert (
        reverse("languages_page_translations", args=[story.pk])
        in client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    )
    with override("en"):
        aging = [
            each for each in findings_for(story.get_latest_revision_as_object()) if each.check == "languages.will-age"
        ]
    assert [each.message for each in aging] == ["The translation into Français will age: 1 segment is new or changed."]


def test_a_translation_published_while_the_source_is_being_published_is_not_lost(bench):
    """Wagtail reads the page when the action is made, and writes it when it is executed."""
    story = bench.obj
    story.title = TITLE
    action = PublishPageRevisionAction(story.save_revision(), user=bench.user)
    published(bench)
    action.execute(skip_permission_checks=True)
    assert stored(story) == "La rentrée à Shuangfu"


# Back, forward and later ---------------------------------------------------------------------------


def test_withdrawn_and_rolled_back(bench):
    first = published(bench)
    bench.writes(TITLE, "C'est la rentrée", UnitState.APPROVED)
    published(bench)
    assert stored(bench.obj) == "C'est la rentrée"
    roll_back(first, bench.user)
    assert stored(bench.obj) == bench.texts()[TITLE] == "La rentrée à Shuangfu"
    withdraw(bench.original, "fr", bench.user)
    assert not stored(bench.obj)
    assert bench.texts()[TITLE] == "La rentrée à Shuangfu"
    assert stage(bench) == TranslationStage.READY


def test_scheduled(bench, client, capsys):
    client.force_login(bench.user)
    address = reverse("languages_schedule", args=[bench.original.pk, "fr"])
    for bad in ("yesterday", "2020-01-01T10:00", "2026-13-45T99:99"):
        assert client.post(address, {"publish_at": bad}).status_code == 302
        assert Translation.objects.get().publish_at is None
    soon = timezone.localtime() + timedelta(hours=1)
    bench.writes(TITLE, "La rentrée", UnitState.DRAFT)
    answer = client.post(address, {"publish_at": soon.strftime("%Y-%m-%dT%H:%M")}, follow=True)
    assert Translation.objects.get().publish_at is None  # what is not ready is refused now, and nothing typed is lost
    assert [*answer.context["messages"]][-1].message.strip() == "1 个片段未核准。"
    assert f'name="publish_at" value="{soon:%Y-%m-%dT%H:%M}"' in answer.content.decode()
    bench.writes(TITLE, "La rentrée à Shuangfu", UnitState.APPROVED)
    client.post(address, {"publish_at": soon.strftime("%Y-%m-%dT%H:%M")})
    assert publish_due() == []
    assert [problem for _row, problem in publish_due(soon + timedelta(minutes=1))] == [""]
    assert stored(bench.obj) == "La rentrée à Shuangfu"
    call_command("translations", "due")
    assert capsys.readouterr().out == ""


# Drafts ---------------------------------------------------------------------------------------------


def test_translators_see_the_released_draft_and_no_later_one(bench):
    story, original = bench.obj, bench.original
    published(bench)
    story.title = "草稿一"
    story.save_revision()
    assert TITLE in bench.statuses()  # a draft is nobody's business
    assert release(original, bench.user)
    story.title = "草稿二"
    story.save_revision()
    bench = Bench(story, bench.user)
    assert "草稿一" in bench.statuses()
    assert "草稿二" not in bench.statuses()
    retract(bench.original)
    assert TITLE in bench.statuses()


def test_what_was_translated_of_a_draft_is_published_with_it(bench):
    story = bench.obj
    published(bench)
    story.title = "草稿一"
    revision = story.save_revision()
    release(bench.original, bench.user)
    bench.writes("草稿一", "Un brouillon", UnitState.APPROVED)
    assert stored(story) == "La rentrée à Shuangfu"
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    revision.publish()
    assert stored(story) == "Un brouillon"
    assert not bench.original.released_id


def test_a_page_that_was_never_published_is_translated_before_it_is():
    take_up(review_required=False, is_open=True)
    story = StoryPage(title="新校", slug="new", standfirst="", live=False)
    story_of(A).get_parent().add_child(instance=story)
    revision = story.save_revision()
    original = original_of(story)
    assert not Original.objects.filter(pk=original.pk, is_live=True).exists()
    release(original, None)
    bench = Bench(story, publisher())
    bench.writes("新校", "Nouvelle école", UnitState.APPROVED)
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    revision.publish()
    assert stored(story) == "Nouvelle école"


# Snippets, settings -------------------------------------------------------------------------------


def test_settings_and_snippets_are_translated_too():
    take_up(review_required=False)
    make_home()
    settings = PortalSettings.for_site(make_home().get_site())
    settings.tagline = "一区一册"
    settings.save()
    bench = Bench(settings, publisher())
    bench.writes("江津教育", "Éducation à Jiangjin", UnitState.APPROVED)
    bench.writes("一区一册", "Un district, un cahier", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    assert stored(settings, "name") == "Éducation à Jiangjin"
    settings.refresh_from_db()
    settings.tagline = "一区一册页"
    settings.save()
    assert (stored(settings, "tagline"), stage(bench)) == ("Un district, un cahier", TranslationStage.OUTDATED)
    assert ModelLogEntry.objects.filter(action="languages.publish").count() == 1


# A language ------------------------------------------------------------------------------------------


def test_a_language_is_taken_up_opened_when_its_pages_are_there_and_closed(client):
    story = story_of(A, B)
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    address = reverse("languages_language_action", args=["fr"])
    client.post(address, {"act": "start"})
    client.post(address, {"act": "open"})
    assert not Language.objects.get(code="fr").is_open
    obstacles = " ".join(readiness_of(Language.objects.get(code="fr")).obstacles)
    for page in (make_home(), story.get_parent().specific):
        assert page.title in obstacles
        load(page, "fr", {segment.path: f"[fr] {segment.text}" for segment in extract(page)})
    load(story, "fr", {segment.path: f"[fr] {segment.text}" for segment in extract(story)})
    assert client.get("/fr/").status_code == 404
    client.post(address, {"act": "open"})
    addresses = ["/fr/", f"/fr{story.url}", "/fr/news/feed.xml", "/fr/search/?q=fr"]
    assert [client.get(each).status_code for each in addresses] == [200] * 4
    assert f'/fr{story.url}"' in client.get(story.url).content.decode()
    assert client.get("/api/v1/stories?lang=fr").status_code == 200
    client.post(address, {"act": "close"})
    assert [client.get(each).status_code for each in addresses] == [404] * 4
    assert "/fr/" not in client.get(story.url).content.decode()
    assert "/fr/" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/api/v1/stories?lang=fr").status_code >= 400
    assert Publication.objects.filter(translation__language="fr").count() == 3  # nothing was lost


def test_the_memo_is_checked_and_written_anew(bench, capsys):
    Original.objects.update(fingerprint="?")
    Original.objects.filter(pk=bench.original.pk).delete()
    with pytest.raises(Exception, match="--fix"):
        call_command("translations", "check")
    call_command("translations", "check", "--fix")
    call_command("translations", "check")
    assert "as the desk remembers" in capsys.readouterr().out


# What must not reach readers ---------------------------------------------------------------------------


def test_what_nobody_approved_is_not_published_as_an_outdated_text(bench):
    published(bench)
    bench.writes(TITLE, "Un titre que personne n'a lu")
    story = edited(bench.obj, title="双福六小迎新")
    with pytest.raises(NotReadyError):
        published(bench, accept_outdated=True)
    assert stored(story) == "La rentrée à Shuangfu"


def test_following_the_source_shows_what_was_published_and_nothing_newer(bench):
    published(bench)
    bench.writes(TITLE, "Un autre titre", UnitState.APPROVED)
    bench.writes(STANDFIRST, "Un brouillon.")
    edited(bench.obj, B, A)  # moved
    body = str(list(stored(bench.obj, "body").raw_data))
    assert body.index("block-b") < body.index("block-a")
    assert stored(bench.obj) == "La rentrée à Shuangfu"
    assert stored(bench.obj, "standfirst") == "Le nouveau campus accueille ses premiers élèves."


def test_a_released_draft_and_its_translation_are_published_from_the_editor(bench, client):
    story = bench.obj
    published(bench)
    story.title = "草稿一"
    story.save_revision()
    release(bench.original, bench.user)
    bench.writes("草稿一", "Un brouillon", UnitState.APPROVED)
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    story.get_latest_revision_as_object().save_revision().publish()  # the editor saves once more, and then publishes
    assert stored(story) == "Un brouillon"
    assert not bench.original.released_id
    assert not Translation.objects.filter(publish_with_source=True).exists()


def test_editors_say_that_a_change_has_no_effect_on_the_meaning(bench, client):
    published(bench)
    story = bench.obj
    story.body = [paragraph("a", "操场已经铺好！"), paragraph(*B)]
    revision = story.save_revision()
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    client.post(reverse("languages_release", args=[story.pk]), {"act": "keep"})
    revision.publish()
    assert stage(bench) == TranslationStage.PUBLISHED
    assert bench.row("操场").is_done


def test_an_automatic_language_is_not_published_or_withdrawn_by_hand(bench):
    story = bench.obj
    for action in (publish, withdraw):
        with pytest.raises(DeskError):
            action(bench.original, "zh-hant", bench.user)
    assert stored(story, code="zh-hant") == TITLE.replace("双", "雙").replace("开", "開").replace("学", "學")


def test_what_was_scheduled_by_somebody_without_the_right_is_not_published(bench):
    Translation.objects.update(publish_at=timezone.now(), publish_as=translator())
    assert [bool(problem) for _row, problem in publish_due()] == [True]
    assert not stored(bench.obj)
    assert publish_due() == []


def test_readers_are_told_of_machine_translation(bench, settings, client):
    settings.TRANSLATION_PROVIDERS = settings.TRANSLATION_PROVIDERS | {"dummy": "languages.providers.Dummy"}
    story = edited(bench.obj, A, B, ("m", "校门朝南。"))
    bench = Bench(story, bench.user)
    row = bench.row("校门")
    bench.writes("校门", "La porte est au sud.", origin="machine", state=UnitState.APPROVED)
    published(bench)
    assert "machine" in client.get(f"/fr{story.url}").content.decode()
    assert row.status == "missing"


# The memo ----------------------------------------------------------------------------------------------


def test_the_memo_follows_moves_copies_and_the_end_of_a_page(bench):
    story, section = bench.obj, bench.obj.get_parent().specific
    other = story_of(A, title="又一篇")
    other.move(story, pos="left")
    for page in (story, other):
        page.refresh_from_db()
        assert original_of(page).path == page.path
    copied = story.copy(update_attrs={"slug": "copied"}, keep_live=True)
    assert stored(copied, code="zh-hant")
    assert Original.objects.for_object(copied).exists()
    type(section).objects.get(pk=section.pk)
    StoryPage.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(days=1))
    call_command("publish_scheduled")
    assert not Original.objects.for_object(story).get().is_live
