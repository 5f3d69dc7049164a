"""Many publish at once: one chain, and what it says is what is live."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connections

from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.tests.factories import make_story
from newsroom.models import Entry
from newsroom.record.verifying import problems

from .test_concurrency import SAVES, WRITERS, write


pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]


def revise_figure(pk):
    try:
        for number in range(SAVES):
            figure = Observation.objects.get(pk=pk)
            figure.value, figure.status, figure.change_reason = figure.value + 1, "revised", f"更正{number}"
            figure.save_revision().publish()
        return "saved"
    finally:
        connections.close_all()


def citing(figure):
    text = f'<p><a linktype="figure" id="{figure.pk}">8660个</a></p>'
    return {"type": "text", "id": "a", "value": text}


def drawing(figure):
    return {"type": "chart", "id": "a", "value": {"metric": figure.metric_id, "caption": ""}}


@pytest.mark.parametrize("showing", [citing, drawing])
def test_writers_and_a_figure_that_all_of_them_show(showing, settings, words_may_differ):
    figure = make_observation(value=Decimal(8660))
    body = [showing(figure)]
    stories = [make_story(title=f"第{number}篇", body=body) for number in range(WRITERS)]
    call_command("seal_existing", verbosity=0)
    settings.KEEPS_RECORD = True
    before = Entry.objects.count()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        jobs = [pool.submit(write, story.pk) for story in stories] + [pool.submit(revise_figure, figure.pk)]
        assert [job.result(timeout=120) for job in jobs] == ["saved"] * len(jobs)
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    made = Entry.objects.filter(number__gt=before)
    assert made.filter(kind="publication").count() == SAVES * (WRITERS + 1)
    assert list(problems()) == []
