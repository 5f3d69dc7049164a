#!/usr/bin/env python3
"""Put work under review into a demo, for the pictures of the editors' guide, and set the language of its accounts.

    newsroom_scene.py LANGUAGE        prints {name: number of the page, of the step or of the person} as JSON

What the texts say is taken from stories of the demo. For databases that are thrown away: it publishes.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
REPORTER, FIRST, SECOND, FINAL, AWAY = "reporter", "reviewer1", "reviewer2", "reviewer3", "reviewer4"
COPIED = ("kind", "standfirst", "picture", "picture_alt", "picture_caption", "credit_line", "body")
EXAMPLE = "停课通知（示例）"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings.local")
    import django

    django.setup()
    from wagtail.users.models import UserProfile

    UserProfile.objects.update(preferred_language=sys.argv[1])
    print(json.dumps(Scene().made()))


class Scene:
    """Each story waits somewhere else."""

    def __init__(self):
        from core.models import User
        from news.models import StoryIndexPage, StoryPage

        self.index, self.stories = StoryIndexPage.objects.get(), StoryPage.objects
        self.people = {user.username: user for user in User.objects.all()}

    def made(self):
        if not self.stories.filter(title=EXAMPLE).exists():
            self.make()
        keys = {page.slug: page.pk for page in self.stories.all()}
        return keys | {name: user.pk for name, user in self.people.items()}

    def make(self):
        self.draft("kindergarten-places", "scene-draft", "公办园学位，三个数怎样看")
        self.sent_back("poetry-at-xicheng", "scene-returned", "西城小学，课前念一首诗")
        self.corrected("jiangjin-liuzhong-expanded", "scene-corrected", "江津六中，扩健之后", "江津六中，扩建之后")
        self.live("shuangfu-liuxiao-opens", "scene-live", "双福六小，第一届学生进校园")
        self.given("three-classrooms", "scene-given", "“三个课堂”，三种上课的办法")
        self.urgent("how-figures-are-stated")
        self.example("scene-example")

    # One story each ---------------------------------------------------------------------------

    def draft(self, origin, slug, title, author=REPORTER, **values):
        from news.models import StoryPage

        there = self.stories.get(slug=origin)
        copied = {name: getattr(there, name) for name in COPIED}
        story = StoryPage(title=title, slug=slug, live=False, owner=self.people[author], **copied | values)
        story.topics = list(there.topics.all())
        self.index.add_child(instance=story)
        story.save_revision(user=self.people[author])
        return story

    def submitted(self, *args):
        story = self.draft(*args)
        story.get_workflow().start(story, self.people[REPORTER])
        return story

    def sent_back(self, *args):
        story = self.submitted(*args)
        self.approve(story, FIRST)
        self.step(story).reject(self.people[SECOND], comment="请在导语里写明在什么时候念。")

    def corrected(self, origin, slug, mistaken, title):
        from newsroom.models import ReviewState

        story = self.submitted(origin, slug, mistaken)
        self.approve(story, FIRST, "数字已与数据核对。")
        draft = story.get_latest_revision_as_object()
        draft.title = title
        draft.save_revision(user=self.people[SECOND])
        self.approve(story, SECOND)
        waiting = self.step(story)
        ReviewState.objects.filter(pk=waiting.pk).update(started_at=waiting.started_at - timedelta(days=2))

    def live(self, *args):
        story = self.submitted(*args)
        self.approve(story, FIRST, "学校名称、面积已核对。")
        self.approve(story, SECOND)
        self.approve(story, FINAL)

    def given(self, *args):
        self.give(self.submitted(*args), days=2)

    def urgent(self, slug):
        from newsroom.reviewing.without_review import publish_urgently

        story = self.stories.get(slug=slug)
        draft = story.get_latest_revision_as_object()
        draft.standfirst += "（示例：紧急发布时补充的一句。）"
        draft.save_revision(user=self.people[FINAL])
        publish_urgently(story, self.people[FINAL], "示例：说明有误，须立即改正")
        self.give(story, days=1)

    def example(self, slug):
        body = [("text", "<p>这是手册里的示例，不是真实的通知。</p>")]
        values = {"kind": "notice", "standfirst": "", "body": body, "picture": None}
        self.draft("how-figures-are-stated", slug, EXAMPLE, FINAL, **values)

    # What is done -----------------------------------------------------------------------------

    def step(self, story):
        return self.stories.get(pk=story.pk).current_workflow_task_state.specific

    def approve(self, story, name, comment=""):
        self.step(story).approve(self.people[name], comment=comment)

    def give(self, story, days):
        from django.utils import timezone

        from newsroom.reviewing.assigning import assign

        due = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
        assign(self.step(story), self.people[AWAY], due, self.people[FIRST])


if __name__ == "__main__":
    main()
