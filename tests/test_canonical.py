"""The hash of what a thing says: of a draft and of what is live then, on both databases; another one for another word."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import DraftStateMixin

from core.models import BasePage, PortalImage
from core.publishing.canonical import content_hash, content_hashes, contents, embedded_in
from core.publishing.digest import canonical_json
from metrics.models import Metric, Observation
from metrics.tests.factories import make_metric, make_observation
from news.choices import Role
from news.models import Contributor, StoryPage, Topic
from news.models.links import AddedSchool
from news.models.topics import StoryContributor
from news.tests.factories import make_programme, make_story, publish, translate
from schools.models import SchoolPage
from schools.tests.factories import make_school

from .portal import everything, make_picture, make_portal


pytestmark = pytest.mark.django_db

PLAIN = "1f4d2cae50f39cd05408c19e947c1133c02e83449b67ad17a48fc66674cf4342"


def make_document(content=b"text"):
    return get_document_model().objects.create(title="附件", file=ContentFile(content, name="a.txt"))


@pytest.fixture
def story(db):
    """With every kind of block, child rows and relations."""
    school, figure, programme, picture = make_school(), make_observation(), make_programme(), make_picture()
    body = everything(school, figure, programme, picture)
    body.append({"type": "document", "id": "doc", "value": {"document": make_document().pk, "title": ""}})
    story = make_story(live=False, title="新校园", body=body, picture=picture)
    people = [Contributor.objects.create(key=f"person-{number}", name=f"记者{number}") for number in range(2)]
    story.byline = [StoryContributor(contributor=each, role=Role.WRITER, sort_order=9) for each in people]
    story.topics = [Topic.objects.create(key=key, name=key) for key in ("b", "a")]
    story.added_schools = [AddedSchool(school=school, sort_order=0)]
    story.issued_on = date(2024, 1, 2)
    return publish(story)


def drafted(obj):
    """The object of a new revision, as publishing gets it."""
    revision = obj.save_revision(clean=False)
    return type(revision).objects.get(pk=revision.pk).as_object()


def stored(obj):
    return type(obj)._base_manager.get(pk=obj.pk)


class TestRoundTrip:
    """From a revision, from memory, and from the row once that is published."""

    def assert_same(self, obj):
        draft = drafted(obj)
        before = content_hash(draft)
        draft.full_clean()  # reads every block, as the gate does
        assert content_hash(draft) == before
        type(draft.latest_revision).objects.get(pk=draft.latest_revision_id).publish()
        assert contents([stored(obj)]) == contents([draft])
        assert content_hash(stored(obj)) == before
        assert content_hash(drafted(stored(obj))) == before

    def test_a_story_with_everything(self, story):
        self.assert_same(story)

    @pytest.mark.parametrize(
        "model", [each for each in apps.get_models() if issubclass(each, BasePage) and each is not BasePage]
    )
    def test_each_page_type(self, model):
        make_portal()
        for page in model.objects.all():
            self.assert_same(page)
        assert model.objects.exists()

    @pytest.mark.parametrize("make", [make_metric, make_observation])
    def test_each_snippet_with_drafts(self, make):
        self.assert_same(make())

    def test_every_snippet_with_drafts_is_tried(self):
        drafts = {each for each in apps.get_models() if issubclass(each, DraftStateMixin)}
        assert {each for each in drafts if not issubclass(each, BasePage)} == {Metric, Observation}

    def test_each_model_that_readers_see(self):
        make_portal()
        for model in (Topic, SchoolPage, PortalImage, *apps.get_app_config("schools").get_models()):
            for obj in model._base_manager.all()[:2]:
                assert content_hash(obj) == content_hash(stored(obj))

    def test_blocks_that_lack_what_was_added_later(self, story):
        story.body = [{"type": "image", "id": "old", "value": {"image": make_picture().pk, "caption": "旧"}}]
        self.assert_same(story)

    def test_lists_from_before_their_items_had_ids(self, story):
        story.body = [{"type": "figures", "id": "old", "value": {"figures": [make_observation().pk]}}]
        self.assert_same(story)

    def test_what_is_let_out_otherwise_than_it_is_stored(self, story):
        story.body = [{"type": "text", "id": "old", "value": '<p onclick="x()">学\u200b校<script>1</script></p>'}]
        self.assert_same(story)


class TestAnotherHash:
    def test_one_word(self, story):
        before = content_hash(story)
        story.body = [
            {**each, "value": each["value"].replace("开学了", "放学了")} if each["type"] == "text" else each
            for each in story.body.get_prep_value()
        ]
        assert content_hash(story) != before

    @pytest.mark.parametrize(
        "values",
        [
            {"title": "旧校园"},
            {"slug": "elsewhere"},
            {"picture": None},
            {"picture_alt": "操场"},
            {"issued_on": date(2024, 1, 3)},
            {"kind": "notice"},
        ],
    )
    def test_a_field(self, story, values):
        before = content_hash(story)
        for name, value in values.items():
            setattr(story, name, value)
        assert content_hash(story) != before

    def test_child_rows_and_their_order(self, story):
        before = content_hash(story)
        first, second = story.byline.all()
        first.sort_order, second.sort_order = 2, 1
        story.byline = [first, second]
        after = content_hash(story)
        story.byline = [second]
        assert len({before, after, content_hash(story)}) == 3

    def test_topics(self, story):
        before = content_hash(story)
        story.topics.set(list(story.topics.all())[:1])
        assert content_hash(story) != before

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (Observation, {"value": Decimal("8661")}),
            (Observation, {"printed": "八千"}),
            (Observation, {"qualifier": "about"}),
            (Observation, {"status": "revised"}),
            (Observation, {"live": False}),
            (PortalImage, {"credit_zh_hans": "别人摄"}),
            (PortalImage, {"description_zh_hans": "操场"}),
            (PortalImage, {"file_hash": "0" * 40}),
            (SchoolPage, {"title_zh_hans": "双福七小"}),
            (get_document_model(), {"file_hash": "0" * 40}),
        ],
    )
    def test_what_is_embedded(self, story, model, values):
        before = content_hash(stored(story))
        model._base_manager.all().update(**values)
        assert content_hash(stored(story)) != before


class TestTheSameHash:
    def test_translations_dates_and_keys_of_blocks_are_not_content(self, story):
        before = content_hash(story)
        translate(story, "en")
        publish(story)
        StoryPage.objects.filter(pk=story.pk).update(first_published_at=None, show_in_menus=False)
        again = stored(story)
        again.body = [{**each, "id": f"new-{n}"} for n, each in enumerate(again.body.get_prep_value())]
        assert content_hash(again) == before
        StoryPage.objects.filter(pk=story.pk).update(title_en="Another")
        assert content_hash(stored(story)) == before

    def test_keys_of_paragraphs(self, story):
        texts = ['<p data-block-key="a">学校</p>', '<p data-block-key="b">学校</p>', "<p>学校</p>"]
        hashes = set()
        for text in texts:
            story.body = [{"type": "text", "id": "t", "value": text}]
            hashes.add(content_hash(story))
        assert len(hashes) == 1

    def test_a_file_whose_hash_was_not_stored_yet(self, story):
        before = content_hash(story)
        for picture in PortalImage.objects.all():
            picture.get_file_hash()
        for document in get_document_model().objects.all():
            document.get_file_hash()
        assert PortalImage.objects.exclude(file_hash="").exists()
        assert content_hash(stored(story)) == before

    def test_on_both_databases(self):
        """A hash that is written here: whoever changes it makes every record that was kept say that all has changed."""
        figure = make_observation(value=Decimal("0.5"), comparator_value=None)
        keys = ("metric", "unit", "period", "dimension", "source", "subject_organisation")
        for name in keys:
            setattr(figure, f"{name}_id", 7)
        figure.key = "places"
        assert content_hash(figure) == PLAIN, canonical_json(contents([figure])[0])

    def test_in_whichever_language_somebody_works(self, story):
        from core.languages import reading

        translate(story, "en")
        before = content_hash(story)
        with reading("en"):
            assert content_hash(stored(story)) == before


def test_many_at_once_are_as_many_alone(story):
    make_portal()
    pages = [each.specific for each in BasePage.objects.filter(depth__gt=1)]
    assert content_hashes(pages) == [content_hash(each) for each in pages]


def test_what_is_gone_is_another_content(story):
    before = content_hash(story)
    figure = Observation.objects.get()
    assert (Observation, figure.pk) in embedded_in(story)
    Observation.objects.all().delete()
    assert content_hash(stored(story)) != before
