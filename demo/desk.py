"""Work that waits at the translators' desk, so that its lists have something to show: readers see none of it."""

from dataclasses import dataclass

from core.models import Language, User
from languages.desk.comments import say
from languages.desk.originals import original_of
from languages.desk.rows import Row, rows_of
from languages.desk.segment_actions import write
from languages.desk.sending_back import send_back
from languages.models import Original, UnitState
from news.models import StoryPage

from .accounts import PUBLISHER, TRANSLATOR
from .english import LANGUAGE


@dataclass(frozen=True)
class Title:
    """The English title of a story, at the desk."""

    original: Original
    language: Language
    row: Row

    @classmethod
    def of(cls, slug: str) -> "Title":
        original = original_of(StoryPage.objects.get(slug=slug))
        row = next(row for row in rows_of(original, LANGUAGE) if row.segment.path == "title")
        return cls(original, Language.objects.get(code=LANGUAGE), row)

    @property
    def place(self) -> tuple[Original, Language, str, str]:
        return self.original, self.language, self.row.segment.path, self.row.hash

    def hand_in(self, text: str, user: User) -> None:
        write(*self.place, text, user, version=self.row.version, state=UnitState.REVIEW)


def add_work() -> None:
    """A new title handed in with a question, one sent back, and a question to the translator."""
    translator, publisher = (User.objects.get(username=name) for name in (TRANSLATOR, PUBLISHER))
    title = Title.of("poetry-at-xicheng")
    title.hand_in("At Xicheng, poems come before lessons", translator)
    say(*title.place, f"@{PUBLISHER} Shorter, so that it fits a phone. Does “poems” say enough?", translator)

    title = Title.of("integrity-at-shiyan")
    title.hand_in("Clean without a broom", translator)
    send_back(*title.place, "A reader of the list must see that it is about integrity at a school.", publisher)

    title = Title.of("three-classrooms")
    say(*title.place, f"@{TRANSLATOR} The title is a riddle in search results. Is there a plainer one?", publisher)
