"""What tests of reviews begin with: people of each role, and what they do over HTTP."""

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from core.models import User
from core.roles import sync
from news.models import StoryPage
from tests.forms import form_data


PEOPLE = {
    "reporter": "Reporters",
    "reviewer1": "First review",
    "reviewer4": "First review",
    "reviewer2": "Second review",
    "reviewer5": "Second review",
    "reviewer3": "Final review",
    "reviewer6": "Final review",
    "data": "Data officers",
    "data2": "Data officers",
}
PATH = ["reviewer1", "reviewer2", "reviewer3"]


def make_people():
    """One for each account of the demo; their groups have the rights of the table."""
    sync()
    people = {}
    for name, group in PEOPLE.items():
        people[name] = User.objects.create_user(name, f"{name}@example.org", "x", first_name=name, last_name="演示")
        people[name].groups.add(Group.objects.get(name=group))
    people["admin"] = User.objects.create_superuser("admin", "admin@example.org", "x")
    return people


class Desk:
    """A browser for each person, and the acts of a review."""

    def __init__(self):
        self.people = make_people()
        self._browsers = {}

    def browser(self, name):
        if name not in self._browsers:
            self._browsers[name] = Client()
            self._browsers[name].force_login(self.people[name])
        return self._browsers[name]

    def post(self, name, story, action=None, follow=False, **values):
        """Save the form with what it shows, and `values` on top; `action` is the button."""
        shown = story.get_latest_revision_as_object()
        data = form_data(type(story), shown, **values) | ({action: "1"} if action else {})
        return self.browser(name).post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data, follow=follow)

    def submit(self, story, name="reporter", **values):
        return self.post(name, story, "action-submit", **values)

    def start(self, obj, name="reporter"):
        """Submit what the newest revision says, as it is."""
        obj.get_workflow().start(obj, self.people[name])

    def state(self, obj):
        """What waits now, of its own type; None if nothing does."""
        waiting = TaskState.objects.for_instance(obj).filter(status=TaskState.STATUS_IN_PROGRESS).first()
        return waiting and waiting.specific

    def decide(self, name, story, action="approve", follow=False, **values):
        waiting = self.state(story)
        address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, action, waiting.pk if waiting else 0])
        return self.browser(name).post(address, values, follow=follow)

    def approve_all(self, story, people=PATH):
        for name in people:
            self.decide(name, story)


def live(story):
    return StoryPage.objects.get(pk=story.pk)
