"""A small newsroom for the tests of the translators' desk."""

import itertools
import json

from django.contrib.auth.models import Group

from core.languages import column
from core.models import Language, User
from core.roles import sync
from languages.desk.originals import original_of
from languages.desk.rows import rows_of
from languages.desk.segment_actions import write
from languages.models import LanguageWork, UnitState
from news.tests.factories import make_story, publish


FRENCH = {
    "title": "La rentrée à Shuangfu",
    "standfirst": "Le nouveau campus accueille ses premiers élèves.",
}
TITLE, STANDFIRST = "双福六小开学", "新校园迎来首批学生。"


def paragraph(key, text):
    return {"type": "text", "value": f'<p data-block-key="{key}">{text}</p>', "id": f"block-{key}"}


def story_of(*paragraphs, **fields):
    """A published story with a text block for each (key, text)."""
    body = [paragraph(key, text) for key, text in paragraphs]
    return make_story(**{"title": TITLE, "standfirst": STANDFIRST, "body": body} | fields)


keys = itertools.count()


def pasted(*paragraphs, together=False):
    """Blocks as they are when somebody has pasted: nothing has the id that it had."""
    if together:
        markup = "".join(f'<p data-block-key="k{next(keys)}">{text}</p>' for text in paragraphs)
        return [{"type": "text", "value": markup, "id": f"paste-{next(keys)}"}]
    return [block for text in paragraphs for block in pasted(text, together=True)]


def edited(story, *blocks, **fields):
    """The story published again with another body, and fields, if they are given."""
    if blocks:
        story.body = [paragraph(*block) if isinstance(block, tuple) else block for block in blocks]
    for name, value in fields.items():
        setattr(story, name, value)
    return publish(story)


def member(name, *groups):
    """Somebody of these groups. Those of translators hang on no page: they need not be made again."""
    if not all(group.startswith("Transla") and Group.objects.filter(name=group).exists() for group in groups):
        sync()
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def translator(code="fr", name="colette"):
    return member(name, f"Translators ({code})")


def publisher(code="fr", name="georges"):
    return member(name, f"Translation publishers ({code})")


def take_up(code="fr", **fields):
    """A language that is worked on; returns it."""
    LanguageWork.objects.get_or_create(language=code)
    Language.objects.filter(code=code).update(**fields)
    return Language.objects.get(code=code)


class Bench:
    """One person at the workbench of one text."""

    def __init__(self, obj, user, code="fr"):
        self.obj, self.user, self.language = obj, user, take_up(code)

    @property
    def original(self):
        return original_of(self.obj)

    @property
    def rows(self):
        return rows_of(self.original, self.language.code)

    def row(self, words):
        """The row whose Chinese has these words."""
        return next(row for row in self.rows if words in row.segment.text)

    def writes(self, words, text, state=UnitState.DRAFT, **options):
        row = self.row(words)
        arguments = {"version": row.version, "state": state} | options
        write(self.original, self.language, row.segment.path, row.hash, text, self.user, **arguments)
        return self.row(words)

    def writes_all(self, state=UnitState.DRAFT, **own):
        """Something for every segment: what it says is taken from FRENCH and `own`, by path, or made up."""
        for row in self.rows:
            path = row.segment.path
            text = own.get(path) or FRENCH.get(path) or f"Texte français {path.rpartition('#')[2]}"
            self.writes(row.segment.text, text, state)

    def statuses(self):
        return {row.segment.text: row.status.value for row in self.rows}

    def texts(self):
        return {row.segment.text: row.text for row in self.rows}


def stored(page, name="title", code="fr"):
    """What the column holds, past every descriptor."""
    key = column(name, code)
    return type(page)._base_manager.filter(pk=page.pk).values_list(key, flat=True).get()


def posted(client, address, **data):
    return client.post(address, json.dumps(data), content_type="application/json")
