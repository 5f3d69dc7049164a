"""A second pair of eyes: who may approve a text that awaits review, and send it back.

Where a language requires a review, somebody other than the author has to approve: one who may publish the language; or the
translator whose text a publisher has corrected, of exactly the corrected text. So a language with one translator and one
publisher never waits for a third person, and no translator approves what another one wrote.
"""

from functools import cached_property

from django.db import models

from core.models import Language

from ..models import Unit, UnitState
from . import rights


class Reviewer:
    """What one person may do about the texts of a language; what it takes to know is asked once."""

    def __init__(self, user: models.Model, language: Language) -> None:
        self.user, self.language = user, language
        self._publishers: dict[int, bool] = {}

    @cached_property
    def may_publish(self) -> bool:
        return rights.may_publish(self.user, self.language.code)

    @cached_property
    def may_translate(self) -> bool:
        return rights.may_translate(self.user, self.language.code)

    def may_approve(self, unit: Unit) -> bool:
        if not self.language.review_required:
            return self.may_translate
        return unit.author_id != self.user.pk and (self.may_publish or self._was_corrected(unit))

    def may_send_back(self, unit: Unit) -> bool:
        """Their own text they can change."""
        return unit.state == UnitState.REVIEW and unit.author_id != self.user.pk and self.may_approve(unit)

    def _was_corrected(self, unit: Unit) -> bool:
        """Whether a publisher has corrected this user's text, and it is the publisher's since."""
        is_theirs = unit.corrected_author_id == self.user.pk
        return is_theirs and self.may_translate and self._is_publisher(unit.author)

    def _is_publisher(self, author: models.Model | None) -> bool:
        if author is None:
            return False
        if author.pk not in self._publishers:
            self._publishers[author.pk] = rights.may_publish(author, self.language.code)
        return self._publishers[author.pk]
