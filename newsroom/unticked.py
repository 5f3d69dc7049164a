"""What is not asked for ticks (core.publishing.ticks), since somebody has given a reason for it already: urgent publishing, the
correction of a typing error, and what returns to readers as it was."""

from core.publishing.acts import Act, Kind
from core.publishing.canonical import contents
from core.publishing.digest import digest

from .record.naming import thing_of
from .reviewing.standing import allowed
from .rules import RELEASED


def is_answered_for(act: Act) -> bool:
    if RELEASED in act.details:
        return True
    return act.kind == Kind.PUBLISH and allowed(thing_of(act.obj), digest(contents([act.obj])[0])) is not None
