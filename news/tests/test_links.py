"""What a story is linked to: added by hand, which is in its revisions, and written from what is live, which is not."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import ReferenceIndex

from core.models import User
from metrics.tests.factories import make_observation
from news.links import derive_links
from news.models import AddedObservation, AddedSchool, StoryPage, StorySchool
from schools.tests.factories import make_school

from .factories import make_story, publish


pytestmark = pytest.mark.django_db


def body(*schools):
    links = "".join(f'<a linktype="school" id="{school.pk}">校</a>' for school in schools)
    return [{"type": "text", "value": f'<p data-block-key="a">{links}</p>', "id": "block-a"}]


def added(*schools):
    return [AddedSchool(school=school, sort_order=order) for order, school in enumerate(schools)]


def shown(story):
    return list(story.school_links.values_list("school", "origin"))


@pytest.fixture
def schools(db):
    return [make_school() for _ in range(3)]


def test_readers_see_what_the_live_version_is_linked_to(schools):
    named, chosen, later = schools
    story = make_story(body=body(named), added_schools=added(chosen))
    assert shown(story) == [(named.pk, "body"), (chosen.pk, "editor")]
    story.added_schools = added(later)
    revision = story.save_revision()
    assert shown(story) == [(named.pk, "body"), (chosen.pk, "editor")]
    revision.publish()
    assert shown(story) == [(named.pk, "body"), (later.pk, "editor")]
    assert [row["school"] for row in revision.content["added_schools"]] == [later.pk]
    assert "school_links" not in revision.content


def test_a_preview_names_what_the_draft_is_linked_to(schools, client):
    client.force_login(User.objects.create_superuser("admin"))
    named, by_hand, before = schools
    story = make_story(body=body())
    story.added_schools = added(before)
    publish(story)
    story.added_schools, story.body = added(by_hand), body(named)
    story.save_revision()
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))
    assert {page.pk for page in preview.context["about"]} == {named.pk, by_hand.pk}
    assert [page.pk for page in client.get(story.url).context["about"]] == [before.pk]


def test_links_follow_the_order_of_the_text(schools):
    story = make_story(body=body(*schools))
    story.body = body(*reversed(schools))
    publish(story)
    assert shown(story) == [(school.pk, "body") for school in reversed(schools)]


def test_publishing_the_same_again_writes_no_link(schools, django_assert_num_queries):
    story = make_story(body=body(*schools), added_schools=added(*schools))
    with django_assert_num_queries(
        2 + 2 + 3 * 2
    ):  # a savepoint; which pages are there, of two types; what is added, what stored
        derive_links(story)


def test_a_copy_and_an_alias_have_links_of_their_own_once_they_are_live(schools):
    named, chosen, _other = schools
    story = make_story(body=body(named), added_schools=added(chosen))
    copied = story.copy(update_attrs={"slug": "copied"}, keep_live=False)
    assert shown(copied) == []
    linked = [(named.pk, "body"), (chosen.pk, "editor")]
    assert shown(publish(copied)) == shown(story.create_alias(update_slug="alias")) == linked
    assert AddedSchool.objects.filter(school=chosen).count() == 3


def test_a_school_that_is_added_or_named_is_in_use(schools):
    named, chosen, _other = schools
    make_story(body=body(named), added_schools=added(chosen))
    assert [ReferenceIndex.get_references_to(school).count() for school in schools] == [1, 1, 0]


# Revisions of before ------------------------------------------------------------------------------


def of_before(revision, **rows):
    """The revision as it was stored when added links had no tables of their own."""
    for name in ("schools", "programmes", "observations"):
        del revision.content[f"added_{name}"]
    for target, (key, linked) in rows.items():
        link = {"pk": key, "sort_order": 0, "origin": "editor", "story": int(revision.object_id), target: linked.pk}
        revision.content[f"{target}_links"] = [link]
    revision.save()
    return revision


def test_links_added_before_come_back_with_their_revision(schools):
    chosen, other, _third = schools
    figure, elsewhere = make_observation(), make_story(added_schools=added(other))
    story = make_story()
    taken = AddedSchool.objects.get(story=elsewhere).pk
    revision = of_before(story.latest_revision, school=(taken, chosen), observation=(1, figure))
    revision.publish()
    assert shown(story) == [(chosen.pk, "editor")]
    assert AddedObservation.objects.get(story=story).observation == figure
    assert AddedSchool.objects.get(pk=taken).story == elsewhere
    kept = AddedSchool.objects.get(story=story).pk
    revision.publish()
    assert AddedSchool.objects.get(story=story).pk == kept
    assert shown(elsewhere) == [(other.pk, "editor")]


def test_links_added_before_come_along_with_a_copy(schools):
    story = make_story()
    of_before(story.latest_revision, school=(7, schools[0]))
    copied = StoryPage.objects.get(pk=story.pk).copy(update_attrs={"slug": "copied"}, keep_live=False)
    assert shown(publish(copied.get_latest_revision_as_object())) == [(schools[0].pk, "editor")]


def test_the_migration_leads_there_and_back(schools):
    migration = import_module("news.migrations.0006_added_links")
    named, chosen, _other = schools
    story = make_story(body=body(named), added_schools=added(chosen))
    revision = story.latest_revision
    link = StorySchool.objects.get(origin="editor").pk
    before = shown(story), references(story)

    migration.unite(apps, None)
    [back] = StorySchool.objects.filter(origin="editor")
    assert shown(story) == before[0]
    assert (f"school_links.{back.pk}.school", chosen.pk) in references(story)
    revision.refresh_from_db()
    assert (
        revision.content["school_links"][0].items() >= {"pk": back.pk, "school": chosen.pk, "origin": "editor"}.items()
    )
    assert link != back.pk

    AddedSchool.objects.all().delete()
    migration.divide(apps, None)
    assert shown(story) == before[0]
    ReferenceIndex.create_or_update_for_object(story)
    after = references(story)
    assert {pk for _path, pk in after} == {pk for _path, pk in before[1]}
    revision.publish()
    assert (shown(story), references(story)) == (before[0], after)


def references(story):
    rows = ReferenceIndex.get_references_for_object(story).exclude(content_path="content_type")
    return {(path, int(pk)) for path, pk in rows.values_list("content_path", "to_object_id")}
