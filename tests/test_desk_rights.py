"""Who sees what at the desk, and how many questions the matrix asks."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.models import User
from languages.desk import rights
from languages.desk.originals import original_of
from languages.models import Original, SectionLimit, Translation
from languages.publishing.release import release, retract
from news.models import StoryPage
from news.tests.factories import make_standard_page
from schools.tests.factories import make_image

from .desk import Bench, member, posted, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = ["workbench", "segment", "preview", "mentionable"]
ACTS = ["save", "dismiss", "send_back", "carry_over", "comment"]
FOR_PUBLISHERS = ["publish", "withdraw", "schedule", "roll_back"]
FORMS = ["submit", "approve_all", "send_back_all", "pretranslate", *FOR_PUBLISHERS]


@pytest.fixture
def story():
    take_up("fr")
    return story_of(("a", "操场已经铺好。"))


def addresses(original, code, names):
    return [reverse(f"languages_{name}", args=[original.pk, code]) for name in names]


def statuses(client, original, code):
    gets = [client.get(each).status_code for each in addresses(original, code, PAGES)]
    acts = [posted(client, each, path="title", hash="?").status_code for each in addresses(original, code, ACTS)]
    forms = [client.post(each).status_code for each in addresses(original, code, FORMS)]
    return {*gets, *acts, *forms}


def test_a_translator_works_in_their_language_and_nowhere_else(story, client):
    original = original_of(story)
    take_up("es")
    client.force_login(translator("fr"))
    assert client.get(reverse("languages_workbench", args=[original.pk, "fr"])).status_code == 200
    assert client.get(reverse("languages_matrix")).status_code == 200
    assert statuses(client, original, "es") == {302}  # the admin leads back, with a word
    assert statuses(client, original, "zh-hans") == {404}
    assert {client.post(each).status_code for each in addresses(original, "fr", FOR_PUBLISHERS)} == {302}
    assert not Translation.objects.exclude(publication=None).exists()
    for forbidden in ("wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft"):
        assert client.get(reverse(forbidden, args=[story.pk])).status_code == 302
    assert client.get(reverse("wagtailusers_users:index")).status_code == 302
    assert client.get(reverse("languages_page_translations", args=[story.pk])).status_code == 302


def test_a_translator_may_not_open_a_language_or_release_a_draft(story, client):
    client.force_login(publisher("fr"))
    client.post(reverse("languages_language_action", args=["fr"]), {"act": "open"})
    story.title = "草稿"
    story.save_revision()
    client.post(reverse("languages_release", args=[story.pk]), {"act": "release"})
    assert not Original.objects.exclude(released=None).exists()


def test_drafts_and_private_pages_are_not_there(story, client):
    draft = StoryPage(title="草稿", slug="draft", live=False)
    story.get_parent().add_child(instance=draft)
    draft.save_revision()
    secret = make_standard_page(title="内部")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(publisher("fr"))
    hidden = [original_of(draft), original_of(secret)]
    for original in hidden:
        assert statuses(client, original, "fr") == {404}
    listed = client.get(reverse("languages_matrix")).content.decode()
    assert "草稿" not in listed
    assert "内部" not in listed
    assert story.title in listed


def test_pictures_are_there_when_readers_see_them(story):
    user = translator("fr")
    picture = make_image(title="新校门")
    assert picture.title not in seen_by(user)
    draft = StoryPage(title="草稿", slug="draft", live=False, picture=picture)
    story.get_parent().add_child(instance=draft)
    revision = draft.save_revision()
    assert picture.title not in seen_by(user)
    release(original_of(draft), None)
    assert picture.title in seen_by(user)
    retract(original_of(draft))
    assert picture.title not in seen_by(user)
    revision.publish()
    assert picture.title in seen_by(user)
    PageViewRestriction.objects.create(page=draft, restriction_type=PageViewRestriction.LOGIN)
    assert picture.title not in seen_by(user)


def test_a_language_that_nobody_took_up_is_not_there(story, client):
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    assert statuses(client, original_of(story), "ko") == {404}


def test_a_group_is_kept_to_its_section(story, client):
    other = make_standard_page(title="关于本站")
    user = translator("fr")
    SectionLimit.objects.create(group=Group.objects.get(name="Translators (fr)"), section=story.get_parent())
    assert story.title in seen_by(user)
    assert other.title not in seen_by(user)
    client.force_login(user)
    assert client.get(reverse("languages_workbench", args=[original_of(other).pk, "fr"])).status_code == 404
    user.groups.add(Group.objects.get(name="Translation publishers (fr)"))  # without a limit
    assert other.title in seen_by(user)


def seen_by(user):
    return set(rights.visible_to(User.objects.get(pk=user.pk)).values_list("title", flat=True))


def test_the_preview_is_in_the_language_asked_for(story, client):
    user = translator("fr")
    Bench(story, user).writes("操场", "La cour est prête.")
    client.force_login(user)
    page = client.get(reverse("languages_preview", args=[original_of(story).pk, "fr"])).content.decode()
    assert '<html lang="fr"' in page
    assert "La cour est prête." in page
    assert not StoryPage.objects.get(pk=story.pk).is_in("fr")


# The matrix ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_admin", [True, False])
def test_the_matrix_asks_a_constant_number_of_questions(story, client, django_assert_max_num_queries, is_admin):
    admin = User.objects.create_superuser("admin", "a@example.org", "x") if is_admin else translator("fr")
    client.force_login(admin)
    for number in range(12):
        Bench(story_of(("a", f"第{number}件事。")), admin).writes("件事", f"Chose {number}.")
    client.get(reverse("languages_matrix"))
    with django_assert_max_num_queries(16):
        page = client.get(reverse("languages_matrix")).content.decode()
    assert page.count('name="original"') >= 13


def test_the_matrix_is_filtered_and_exported(story, client):
    user = translator("fr")
    other = story_of(("a", "图书馆。"), title="图书馆开放")
    Bench(other, user).writes("图书馆。", "La bibliothèque.")
    client.force_login(user)
    address = reverse("languages_matrix")
    for query, listed in [
        ("?language=fr&stage=draft", {"图书馆开放"}),
        ("?q=图书馆", {"图书馆开放"}),
        (f"?section={story.get_parent().path}&stage=missing", {story.title}),
        ("?age=7&language=fr&stage=review", set()),
    ]:
        page = client.get(address + query).content.decode()
        assert {title for title in (story.title, other.title) if f"<strong>{title}</strong>" in page} == listed, query
    rows = list(csv.reader(io.StringIO(client.get(address + "?export=csv").getvalue().decode())))
    assert any(row[0] == "图书馆开放" and "33 %" not in row[4] for row in rows)
    assert len(rows[0]) == 5  # title, type, segments, changed, French: no other language


def test_acts_upon_many_texts(story, client):
    boss = publisher("fr")
    client.force_login(boss)
    other = story_of(("a", "操场已经铺好。"), title="又一篇")
    Bench(story, boss).writes("操场", "La cour est prête.")
    chosen = {"language": "fr", "original": [original_of(each).pk for each in (story, other)]}
    helper = translator("fr", name="simone")
    bulk = reverse("languages_bulk")
    client.post(bulk, chosen | {"act": "assign", "assignee": helper.pk})
    assert set(Translation.objects.values_list("assignee", flat=True)) == {helper.pk}
    client.post(bulk, chosen | {"act": "pretranslate"})
    assert Bench(other, boss).texts()["操场已经铺好。"] == "La cour est prête."
    answer = client.post(bulk, chosen | {"act": "publish"}, follow=True)
    assert "又一篇" in answer.content.decode()  # what could not be published is named
    assert not Translation.objects.exclude(publication=None).exists()
    stranger = member("nobody", "Reporters")
    client.post(bulk, chosen | {"act": "assign", "assignee": stranger.pk})
    assert set(Translation.objects.values_list("assignee", flat=True)) == {helper.pk}
    client.force_login(stranger)
    assert client.post(bulk, chosen | {"act": "pretranslate"}).status_code == 302
