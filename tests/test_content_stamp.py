"""The content stamp moves with everything that readers see, in the same transaction, and with nothing else."""

import threading

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from core.caching import stamp, writes
from core.caching.kept import keeping, kept
from core.caching.unseen import UNSEEN_COLUMNS, UNSEEN_TABLES, unseen_columns
from core.models import ContentStamp, Heartbeat, Language, PortalSettings, SiteNotice, User
from core.publishing.schedule import run_due
from metrics.tests.factories import make_figures_page, make_observation
from news.models import StoryPage, Topic
from news.tests.factories import make_story, translate
from schools.tests.factories import make_image

from .forms import form_data


@pytest.fixture
def story(db):
    return make_story(title="开学", slug="first-day")


def moves(act):
    """How many rows an act adds, done as one request does it."""
    before = ContentStamp.objects.count()
    with transaction.atomic():
        act()
    return ContentStamp.objects.count() - before


def undone(act):
    """Do something, and roll it back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


# What moves it ---------------------------------------------------------------------------------


def acts(story):
    """Every kind of change that readers see."""
    observation = make_observation()
    site = Site.objects.get(is_default_site=True)

    def schedule():
        story.expire_at = timezone.now() - timezone.timedelta(seconds=1)
        StoryPage.objects.filter(pk=story.pk).update(expire_at=story.expire_at)

    return {
        "publish": lambda: story.save_revision().publish(),
        "translate": lambda: translate(story),
        "figure": lambda: type(observation).objects.filter(pk=observation.pk).update(printed="8661个"),
        "topic": lambda: Topic.objects.create(key="places", name="学位"),
        "link": lambda: StoryPage.topics.through.objects.create(storypage=story, topic=Topic.objects.get()),
        "picture": make_image,
        "language": lambda: Language.objects.filter(code="fr").update(is_open=True),
        "setting": lambda: PortalSettings.for_site(site).save(),
        "notice": lambda: SiteNotice.objects.create(text="明日停课"),
        "site": site.save,
        "redirect": lambda: Redirect.objects.create(old_path="/old", redirect_link="/"),
        "restriction": lambda: PageViewRestriction.objects.create(page=story, restriction_type="login"),
        "schedule": schedule,
        "withdrawn in time": run_due,
        "publish again": lambda: story.get_latest_revision().publish(),
        "unpublish": lambda: StoryPage.objects.get(pk=story.pk).unpublish(),
        "delete": lambda: StoryPage.objects.get(pk=story.pk).delete(),
        "raw SQL": lambda: _raw("UPDATE core_language SET is_open = false WHERE code = 'fr'"),
    }


def _raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_change_that_readers_see_moves_it(story):
    found = {name: moves(act) for name, act in acts(story).items()}
    assert [name for name, count in found.items() if not count] == []


def test_a_transaction_moves_it_once_however_much_it_writes(story):
    assert moves(lambda: [Topic.objects.create(key=f"topic-{n}", name="学位") for n in range(3)]) == 1


def test_what_is_not_understood_moves_it():
    for sql in ("TRUNCATE core_topic", "MERGE INTO news_topic USING x", "COPY news_topic FROM STDIN", "CALL change()"):
        assert writes.is_seen(sql)
    for sql in (
        "WITH x AS (SELECT 1) UPDATE news_topic SET name = 1",
        'INSERT OR IGNORE INTO "news_topic" VALUES (1)',
        'update only public."news_topic" set "name" = 1',
        'UPDATE "core_basepage" SET "draft_title" = %s, "title" = %s WHERE "id" = 1',
        'DELETE FROM "a table that somebody adds"',
    ):
        assert writes.is_seen(sql)
    for sql in ("SELECT 1 FOR UPDATE", "SAVEPOINT a", 'INSERT INTO "django_session" VALUES (1)', " (SELECT 1)"):
        assert not writes.is_seen(sql)


# What does not ---------------------------------------------------------------------------------


def test_drafts_sessions_and_logs_do_not_move_it(story, client):
    user = User.objects.create_superuser("ann")
    story.title = "开学了"
    assert moves(lambda: story.save_revision(user=user)) == 0
    assert moves(lambda: story.save_revision(user=user, log_action=True)) == 0
    assert moves(lambda: Heartbeat.beat("scheduler")) == 0
    assert moves(lambda: client.force_login(user)) == 0
    assert moves(run_due) == 0


@pytest.mark.parametrize("is_live", [True, False])
def test_saving_a_draft_in_the_admin_does_not_move_it(db, client, is_live):
    story = make_story(title="开学", slug="first-day", live=is_live)
    client.force_login(User.objects.create_superuser("ann"))
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    data = form_data(StoryPage, story, title="开学了")
    autosave = {"headers": {"Accept": "application/json"}}
    assert moves(lambda: client.post(address, data, **autosave)) == 0
    assert StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().title == "开学了"


def test_a_new_draft_does_not_move_it(story, client):
    client.force_login(User.objects.create_superuser("ann"))
    address = reverse("wagtailadmin_pages:add", args=["news", "storypage", story.get_parent().pk])
    data = form_data(StoryPage, title="草稿", slug="draft", standfirst="")
    assert moves(lambda: client.post(address, data)) == 0
    assert StoryPage.objects.get(slug="draft").live is False


def test_a_draft_of_a_figure_does_not_move_it(db):
    make_figures_page()
    observation = make_observation(live=False)
    observation.note = "初步"
    assert moves(lambda: observation.save_revision()) == 0
    assert moves(observation.save) == 0
    observation.live = True
    assert moves(observation.save) == 1
    observation.live = False
    assert moves(observation.save) == 1


def test_each_name_of_what_readers_never_see_is_ours():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    assert set(UNSEEN_TABLES) - tables == set()
    assert all(UNSEEN_TABLES.values())
    assert set().union(*unseen_columns().values()) == UNSEEN_COLUMNS


# In the transaction ----------------------------------------------------------------------------


def test_what_is_rolled_back_leaves_no_row_and_what_follows_leaves_one(story):
    with transaction.atomic():
        before = ContentStamp.objects.count()
        sid = transaction.savepoint()
        Topic.objects.create(key="one", name="一")
        transaction.savepoint_rollback(sid)
        assert ContentStamp.objects.count() == before
        undone(lambda: Topic.objects.create(key="two", name="二"))
        assert ContentStamp.objects.count() == before
        Topic.objects.create(key="three", name="三")
        assert ContentStamp.objects.count() == before + 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
class TestCommitted:
    def test_others_see_the_row_together_with_the_change(self):
        with transaction.atomic():
            Topic.objects.create(key="one", name="一")
            inside = _elsewhere(stamp.ask)
        assert inside != _elsewhere(stamp.ask)
        before = stamp.ask()
        Topic.objects.create(key="two", name="二")  # a transaction of its own
        after = stamp.ask()
        assert after != before
        undone(lambda: Topic.objects.create(key="three", name="三"))
        assert stamp.ask() == after

    def test_it_moves_also_for_who_ends_later_but_began_earlier(self):
        """Two rows of which the smaller number comes second: the last number alone would not tell."""
        Topic.objects.create(key="one", name="一")
        newest = ContentStamp.objects.latest("pk").pk
        ContentStamp.objects.create(pk=newest + 2, at=timezone.now())
        seen = stamp.ask()
        ContentStamp.objects.create(pk=newest + 1, at=timezone.now())
        assert stamp.ask() != seen

    def test_old_rows_go(self, monkeypatch):
        monkeypatch.setattr(writes, "TRIMMED_EVERY", 4)
        monkeypatch.setattr(writes, "KEPT_STAMPS", 4)
        seen = set()
        for number in range(12):
            Topic.objects.create(key=f"topic-{number}", name="学位")
            seen.add(stamp.ask())
        assert ContentStamp.objects.count() < 9
        assert len(seen) == 12

    def test_a_process_asks_at_most_twice_a_second_and_at_once_for_what_it_changed_itself(self, monkeypatch):
        clock = [1000.0]
        monkeypatch.setattr(stamp.time, "monotonic", lambda: clock[0])
        stamp.forget()
        first = stamp.current()
        connection.ensure_connection()
        _elsewhere(lambda: ContentStamp.objects.create(at=timezone.now()))  # as another process does
        assert stamp.current() == first
        clock[0] += stamp.INTERVAL
        second = stamp.current()
        assert second != first
        Topic.objects.create(key="one", name="一")
        assert stamp.current() != second
        stamp.forget()


def _elsewhere(function):
    """What another connection sees."""
    found = []

    def run():
        found.append(function())
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


# Values that are kept --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
class TestKept:
    @pytest.fixture
    def names(self):
        calls = []

        @kept
        def names(suffix=""):
            calls.append(suffix)
            return [topic.name + suffix for topic in Topic.objects.order_by("pk")]

        names.calls = calls
        return names

    def test_it_is_made_once_until_something_changes(self, names):
        with keeping():
            assert names() == names() == []
            assert names("!") == []
            Topic.objects.create(key="one", name="一")
            assert names() == ["一"]
            assert names("!") == ["一!"]
        assert names.calls == ["", "!", "", "!"]

    def test_outside_of_readers_answers_nothing_is_kept(self, names):
        names()
        names()
        assert len(names.calls) == 2

    def test_what_may_be_undone_is_not_kept(self, names):
        def create_and_read():
            Topic.objects.create(key="one", name="一")
            undone(list)  # what is undone within it is forgotten, but not what came before
            assert names() == ["一"]

        with keeping():
            undone(create_and_read)
            assert names() == []


def test_the_stamp_can_be_moved_by_hand(db):
    before = stamp.ask()
    call_command("move_stamp")
    assert stamp.ask() != before
