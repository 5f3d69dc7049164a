"""What the self-check says about reviews."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.editing.self_check import NAMED, Checked, Finding, State, judged, self_check
from core.roles import title

from .handing_over.waiting import waiting_in_vain
from .record.naming import thing_of
from .record.sealing import sealed
from .reviewing.kinds import WORKFLOWS, Needs, needs
from .reviewing.standing import newest_entry
from .reviewing.sync import kinds_without_workflow


@self_check(gettext_lazy("Reviews"))
def check_reviewers(_checked: Checked) -> Iterator[Finding]:
    """Two queries: the workflows, and how many people each group has."""
    lacking = kinds_without_workflow()
    people = Count("user", filter=Q(user__is_active=True))
    members = dict(Group.objects.annotate(people=people).values_list("name", "people"))
    for kind in settings.REVIEWS:
        if kind in lacking:
            advice = _("Nothing of this kind can be submitted or go live. Run `manage.py sync_roles`.")
            yield Finding(str(WORKFLOWS.get(kind, kind)), State.MISSING, advice)
        else:
            problem = _lacking(needs(kind), members)
            yield judged(WORKFLOWS.get(kind, kind), bool(problem), problem)


@self_check(gettext_lazy("Reviews"))
def check_work_of_people_who_left(_checked: Checked) -> Iterator[Finding]:
    """A query for each sort of work, and one for the people."""
    names = [each.name for each in waiting_in_vain()]
    said = _("It waits for people who left or lost their role, so nobody does it: {names}. Give it to others.")
    advice = said.format(names=_("、").join(names[:NAMED]))
    yield judged(_("Work that waits in vain"), bool(names), advice, reverse("hand_over"))


@self_check(gettext_lazy("Reviews"))
def check_seal(checked: Checked) -> Iterator[Finding]:
    """What was live before there was a record, as the front page shows: one query, or two."""
    home = checked.home
    if home is not None and settings.KEEPS_RECORD:
        is_lacking = newest_entry(thing_of(home)) is None and sealed() is None
        advice = _(
            "What is live was never recorded, so nothing of it can be published again. Run `manage.py seal_existing`."
        )
        yield judged(gettext_lazy("Record of what was published"), is_lacking, advice)


def _lacking(needed: Needs, members: dict[str, int]) -> str:
    """Which steps nobody takes, or whether there are too few in all."""
    steps = [needed.groups(step) for step in range(1, needed.steps + 1)]
    empty = [groups for groups in steps if not any(members.get(name) for name in groups)]
    if empty:
        names = ", ".join(title(name) for name in empty[0])
        return _("Nobody takes a step of it: give somebody one of these roles: {groups}.").format(groups=names)
    count = sum(members.get(name, 0) for name in needed.all_groups())
    if count < needed.people:
        words = _("It needs {needed} different people, and there are {count}.")
        return words.format(needed=needed.people, count=count)
    return ""
