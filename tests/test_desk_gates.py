"""What must not happen at the desk: wrong or unread texts before readers, work lost, rights circumvented."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.models import User
from languages.desk import filling, rights, translation_actions
from languages.desk.originals import original_of
from languages.exchange import import_file
from languages.exchange.exporting import export_bytes
from languages.models import SectionLimit, Term, TermTarget, Translation, Unit, UnitState, UnitVersion
from languages.publishing.loading import load
from languages.publishing.publish import publish, withdraw
from languages.publishing.readiness import readiness_of
from languages.publishing.release import release, retract
from languages.publishing.schedule import publish_due
from languages.publishing.staleness import carry_over_all
from news.models import StoryPage
from news.tests.factories import make_standard_page

from .desk import Bench, edited, member, paragraph, posted, publisher, stored, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = ("a", "全区投入1.37亿元建设新校。")
RIGHT = "Le district investit 137 millions de yuans pour la nouvelle école."


@pytest.fixture
def bench():
    """A story, published in French."""
    take_up(review_required=False, is_open=True)
    bench = Bench(story_of(A), publisher())
    bench.writes_all(UnitState.APPROVED, **{"body.block-a#a": RIGHT})
    publish(bench.original, "fr", bench.user)
    return bench


def translation():
    return Translation.objects.get(language="fr")


def draft_of(story, **fields):
    """A draft with other fields; returns its revision."""
    story = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(story, name, value)
    return story.save_revision()


# "No effect on the meaning" ---------------------------------------------------------------------------


def test_a_changed_number_has_an_effect_whatever_the_editor_says(bench, client):
    revision = draft_of(bench.obj, title="双福六小已经开学", body=[paragraph("a", "全区投入13.7亿元建设新校。")])
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    page = client.post(reverse("languages_release", args=[bench.obj.pk]), {"act": "keep"}, follow=True)
    assert "不符" in page.content.decode()  # one of the two is left to the translators
    revision.publish()
    assert translation().stage == "outdated"
    assert bench.row("13.7亿").status == "outdated"
    assert bench.row("已经开学").is_done


def test_what_a_reporter_calls_without_effect_awaits_a_second_pair_of_eyes(bench):
    language = take_up(review_required=True)
    reporter = member("rui", "Reporters")
    draft_of(bench.obj, title="双福六小已经开学")
    assert carry_over_all(StoryPage.objects.get(pk=bench.obj.pk), reporter) == (1, 0)
    assert Unit.objects.get(source_text="双福六小已经开学").state == UnitState.REVIEW
    assert language.review_required


# Drafts -------------------------------------------------------------------------------------------


def test_the_translation_of_a_draft_is_no_earlier_text(bench):
    story = edited(bench.obj, title="双福六小第二次开学")
    draft_of(story, title="尚未公布的题目")
    release(bench.original, bench.user)
    bench.writes("尚未公布", "Un titre secret", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user, accept_outdated=True)
    assert stored(story) == "La rentrée à Shuangfu"


def test_with_the_draft_goes_the_better_text_of_an_unchanged_wording(bench):
    revision = draft_of(bench.obj, show_in_menus=True)
    release(bench.original, bench.user)
    bench.writes("双福六小", "Une rentrée réussie", UnitState.APPROVED)
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    revision.publish()
    assert stored(bench.obj) == "Une rentrée réussie"


def test_what_could_not_go_with_the_draft_is_asked_for_no_more_and_said(bench):
    revision = draft_of(bench.obj, title="草稿一")
    release(bench.original, bench.user)
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    revision.publish()
    assert not translation().publish_with_source
    assert stored(bench.obj) == "La rentrée à Shuangfu"
    assert PageLogEntry.objects.get(action="languages.not_published").data["language"] == "fr"


def test_a_draft_that_is_taken_back_takes_what_was_asked_with_it(bench):
    draft_of(bench.obj, title="草稿一")
    release(bench.original, bench.user)
    Translation.objects.update(publish_with_source=True, publish_as=bench.user)
    retract(original_of(bench.obj))
    assert not translation().publish_with_source


def test_one_that_fails_keeps_no_other_from_being_published(bench, monkeypatch):
    other = Bench(story_of(("b", "图书馆开放了。"), title="图书馆开放"), bench.user)
    other.writes_all(UnitState.APPROVED)
    Translation.objects.update(publish_at="2020-01-01T00:00Z", publish_as=bench.user)

    def fails_once(original, *args, **options):
        if original == bench.original:
            raise RuntimeError
        return publish(original, *args, **options)

    monkeypatch.setattr("languages.publishing.schedule.publish", fails_once)
    assert sorted(bool(problem) for _row, problem in publish_due()) == [False, True]
    assert not Translation.objects.exclude(publish_at=None).exists()
    assert Translation.objects.get(original=other.original).publication


def test_after_a_withdrawal_readers_are_told_the_date_of_the_text_they_see(bench):
    followed = translation().publication.source_date
    edited(bench.obj, title="双福六小第二次开学")
    withdraw(bench.original, "fr", bench.user)
    assert publish(bench.original, "fr", bench.user, accept_outdated=True).source_date == followed


# Publishers learn of new texts for what is published ------------------------------------------------------


def listed(client, stage):
    page = client.get(reverse("languages_matrix"), {"stage": stage, "language": "fr"}).content.decode()
    return "双福六小开学" in page


def test_new_texts_of_a_published_page_wait_for_their_publisher(bench, client):
    client.force_login(bench.user)
    assert translation().waiting == ""
    bench.language = take_up(review_required=True)
    Bench(bench.obj, translator()).writes("双福六小", "Autre titre", UnitState.REVIEW)
    assert (translation().stage, translation().waiting) == ("published", "review")
    assert readiness_of(bench.language).awaiting == 1
    assert listed(client, "review")
    assert not listed(client, "ready")
    bench.writes("双福六小", "Autre titre", UnitState.APPROVED)
    assert (translation().stage, translation().waiting) == ("published", "ready")
    assert listed(client, "ready")
    publish(bench.original, "fr", bench.user)
    assert translation().waiting == ""


def test_a_released_draft_is_counted_at_once(bench):
    draft_of(bench.obj, title="草稿一")
    release(bench.original, bench.user)
    assert (translation().done, translation().outdated) == (2, 1)
    retract(original_of(bench.obj))
    assert translation().outdated == 0


# Rights -------------------------------------------------------------------------------------------


def test_own_words_from_the_memory_need_a_second_pair_of_eyes(bench):
    language = take_up(review_required=True)
    for slug in ("two", "three"):
        bench = Bench(story_of(A, slug=slug, title="双福六小又开学"), bench.user)
        bench.language = language
        if slug == "two":
            bench.writes("又开学", "Mon propre texte")
    filling.fill(bench.original, language, bench.user)
    translation_actions.submit_all(bench.original, language, bench.user)
    translation_actions.approve_all(bench.original, language, bench.user)
    assert bench.statuses()["双福六小又开学"] == "review"


def test_a_section_is_a_limit_for_files_too(bench, client):
    take_up("es")
    user = member("lim", "Translators (fr)", "Translators (es)")
    limit = {"group": Group.objects.get(name="Translators (fr)"), "section": bench.obj.get_parent()}
    SectionLimit.objects.create(**limit)
    other = original_of(make_standard_page(title="关于本站"))
    user = User.objects.get(pk=user.pk)
    assert not rights.visible_to(user, ["fr"]).filter(pk=other.pk).exists()
    file = (
        export_bytes([other], "fr", "po")
        .decode()
        .replace('msgid "关于本站"\nmsgstr ""', 'msgid "关于本站"\nmsgstr "À"')
    )
    assert "À" in file
    assert {outcome.status for outcome in import_file(file.encode(), user).outcomes} == {"unknown"}
    client.force_login(user)
    assert client.get(reverse("languages_export"), {"original": other.pk, "language": "fr"}).status_code == 404


@pytest.mark.parametrize(("code", "status"), [("fr", 302), ("es", 200)])
def test_renderings_of_other_languages_are_not_a_translators(client, code, status):
    term = Term(source="学位")
    term.targets = [TermTarget(language=each, text="place") for each in ("es", "fr")]
    term.save()
    client.force_login(translator("fr"))
    rows = [
        {"id": row.pk, "language": row.language, "text": "siège" if row.language == code else row.text, "note": ""}
        for row in term.targets.all()
    ]
    form = {"source": "学位", "subject": "other", "note": "", "place": "", "targets": inline_formset(rows, initial=2)}
    address = reverse("wagtailsnippets_languages_term:edit", args=[term.pk])
    assert client.post(address, nested_form_data(form)).status_code == status
    assert TermTarget.objects.filter(text="siège").exists() is (code == "fr")


# Nothing is lost ------------------------------------------------------------------------------------


def test_an_import_keeps_the_text_that_was_taken_over_from_elsewhere(bench):
    story = story_of(("b", "图书馆开放了。"), title="图书馆开放")
    original = load(story, "fr", {"title": "La bibliothèque"}, publish=False)
    file = export_bytes([original], "fr", "po").decode().replace("La bibliothèque", "Bibliothèque ouverte")
    import_file(file.encode(), bench.user)
    texts = UnitVersion.objects.filter(unit__original=original, unit__path="title").values_list("text", flat=True)
    assert set(texts) == {"La bibliothèque", "Bibliothèque ouverte"}


# Traditional Chinese is written by itself -------------------------------------------------------------


@pytest.fixture
def corrected():
    """A correction of the title, which readers see."""
    take_up("zh-hant")
    bench = Bench(story_of(A), translator("zh-hant"), "zh-hant")
    bench.writes("双福六小", "雙福六小開學囉", UnitState.APPROVED)
    return bench


def test_a_correction_that_is_kept_is_shown(corrected, client):
    edited(corrected.obj, title="双福六小开学啦")
    assert stored(corrected.obj, "title", "zh-hant") == "雙福六小開學啦"
    client.force_login(corrected.user)
    row = corrected.row("双福六小")
    address = reverse("languages_carry_over", args=[corrected.original.pk, "zh-hant"])
    assert posted(client, address, path=row.segment.path, hash=row.hash).json()["standing"] == "approved"
    assert stored(corrected.obj, "title", "zh-hant") == "雙福六小開學囉"


def test_a_file_does_not_take_a_correction_away(corrected):
    file = export_bytes([corrected.original], "zh-hant", "po").decode()
    assert "雙福六小開學囉" in file
    outcomes = import_file(file.replace("開學囉", "開學了").encode(), corrected.user).outcomes
    assert [outcome.status for outcome in outcomes if "囉" in outcome.before] == ["conflict"]
    assert corrected.row("双福六小").is_done
    assert not ModelLogEntry.objects.filter(action="languages.import").exists()
