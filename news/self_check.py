"""What the self-check says about stories."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.editing.self_check import Checked, Finding, State, empty, judged, self_check
from metrics.figure_words import disagreements

from .choices import StoryKind
from .models import StoryObservation, StoryPage


# What an inspection of government sites counts as stale (国办秘函 2019 年 19 号)
FRESH_NEWS, FRESH_NOTICES = timedelta(days=14), timedelta(days=183)


@self_check(gettext_lazy("Columns"))
def check_freshness(checked: Checked) -> Iterator[Finding]:
    """One query: the newest of each kind."""
    rows = StoryPage.objects.readable().order_by().values_list("kind").annotate(newest=Max("first_published_at"))
    newest = {kind: moment for kind, moment in rows if moment}
    stories = max((newest[kind] for kind in (StoryKind.NEWS, StoryKind.FEATURE) if kind in newest), default=None)
    yield _fresh(_("Newest story"), stories, FRESH_NEWS, _("Publish one at least every two weeks."))
    notices = newest.get(StoryKind.NOTICE)
    yield _fresh(_("Newest notice"), notices, FRESH_NOTICES, _("Publish one at least every six months."))


def _fresh(name: str, newest: datetime | None, longest: timedelta, rule: str) -> Finding:
    url = reverse("story_pages:index")
    if newest is None:
        none = _("There is none.")
        return Finding(name, State.ATTENTION, f"{none} {rule}", url)
    day = date_format(timezone.localtime(newest))
    advice = _("The newest is of {day}. {rule}").format(day=day, rule=rule)
    return judged(name, timezone.now() - newest > longest, advice, url)


@self_check(gettext_lazy("Stories"))
def check_stories(checked: Checked) -> Iterator[Finding]:
    """One query: how many live stories lack what each should have."""
    counts = (
        StoryPage.objects.readable()
        .order_by()
        .aggregate(
            source=Count("pk", filter=empty("credit_line")),
            alt=Count("pk", filter=Q(picture__isnull=False) & empty("picture_alt") & empty("picture__description")),
            picture=Count("pk", filter=Q(picture__isnull=True)),
            standfirst=Count("pk", filter=empty("standfirst")),
        )
    )
    lines = [
        ("source", _("Source of each story"), _("{count} stories name no source (来源).")),
        ("alt", _("Alternative text of lead pictures"), _("{count} stories have a picture that is not described.")),
        ("picture", _("Lead picture of each story"), _("{count} stories have no picture, so shared links show none.")),
        (
            "standfirst",
            _("Standfirst of each story"),
            _("{count} stories have none; lists and feeds are poorer for it."),
        ),
    ]
    for key, name, advice in lines:
        yield judged(name, counts[key] > 0, advice.format(count=counts[key]), reverse("story_pages:index"))


COMPARED = 300  # of the newest stories that cite figures, whose texts are read


@self_check(gettext_lazy("Stories"))
def check_linked_figures(checked: Checked) -> Iterator[Finding]:
    """Numbers in live stories that the figures they are linked to contradict: two queries."""
    citing = StoryPage.objects.readable().filter(pk__in=StoryObservation.objects.values("story"))
    stories = list(citing.defer_other_languages().order_by("-first_published_at", "-pk")[:COMPARED])
    wrong = disagreements([(str(story.pk), story.body) for story in stories])
    titles = {str(story.pk): story.title for story in stories}
    named = dict.fromkeys(f"{titles[each.place.split('.')[0]]} ({each.words})" for each in wrong)
    advice = _("These say another number than the figure that they are linked to: {names}").format(
        names="、".join(list(named)[:5])
    )
    yield judged(_("Numbers in stories"), bool(wrong), advice, reverse("story_pages:index"))
