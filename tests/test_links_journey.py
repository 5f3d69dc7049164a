"""Links and figures in a translation, and a false alarm, by the keyboard while the machine translator fails; in Chromium."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.tests.factories import make_index

from .desk import Bench, publisher, stored, story_of, take_up, translator
from .workbench import Translator


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, GROWTH, LINKED = "9月新增学位", "学位增长了两倍。", "学校见规划和名单，共投入1.37亿元。"
WRONG, RIGHT = "Le nombre de places a doublé.", "Le nombre de places a triplé."
FALSE_ALARM, REASON = "De nouvelles places à la rentrée", "la rentrée est en septembre"
PLAN, LIST = "https://example.org/plan", "https://example.org/list"
WRITTEN = 'Voir le <a id="a1">plan</a> et la <a id="a2">liste</a> des écoles : <a id="a3"></a> investis.'


class Broken:
    """A machine translator that fails whatever it is asked."""

    def offers(self, language):
        return True

    def translate(self, segments, language):
        raise RuntimeError("no credit")


@pytest.fixture
def story(monkeypatch):
    providers = settings.TRANSLATION_PROVIDERS | {"mt": f"{__name__}.Broken"}
    monkeypatch.setattr(settings, "TRANSLATION_PROVIDERS", providers)
    make_index(MetricsPage, title="数据")
    yuan = make_unit(key="yuan", symbol="元", symbol_fr="yuan | de yuans | yuans", kind="money")
    figure = make_observation(metric=make_metric(name="投入", unit=yuan), value=Decimal(137_000_000))
    links = f'<a href="{PLAN}">规划</a>和<a href="{LIST}">名单</a>'
    linked = f'学校见{links}，共投入<a linktype="figure" id="{figure.pk}">1.37亿元</a>。'
    return story_of(("a", linked), title=TITLE, standfirst=GROWTH, slug="growth")


class Colleague(Translator):
    def opens(self, bench):
        self.page.goto(reverse("languages_workbench", args=[bench.original.pk, "fr"]))

    def writes(self, text):
        self.keys("Control+a")
        self.types(text)
        self.keys("Control+Enter")

    def judges(self, reason):
        """Says why the error of the segment is none: publishers dismiss it so, others ask them to."""
        self.moves_to(self.row.locator(".desk-dismissal summary"))
        if not self.row.locator(".desk-dismissal").evaluate("details => details.open"):
            self.keys("Enter")
        self.moves_to(self.row.locator("[data-dismiss] input"))
        self.keys("Control+a")
        self.types(reason)
        self.keys("Enter")

    def moves_to(self, control):
        while not control.evaluate("control => control === document.activeElement"):
            self.keys("Tab")


def test_a_text_with_links_and_a_figure_is_written_and_a_false_alarm_dismissed_while_the_machine_fails(story, visit):
    take_up(review_required=True)
    bench = Bench(story, translator())
    colette = Colleague(visit, "colette")
    colette.opens(bench)
    colette.goes_to(GROWTH)
    colette.writes(WRONG)
    expect(colette.row.locator(".desk-finding--error")).to_contain_text("两倍")
    colette.writes(RIGHT)
    colette.is_at(LINKED)
    expect(colette.page.locator("[data-machine-failed]")).to_be_visible()
    writes_links_and_a_figure(colette)
    colette.is_at(TITLE)  # what is left
    assert bench.row("规划").text == WRITTEN
    is_stopped_by_a_false_alarm(colette, bench)
    dismisses_it_and_publishes(Colleague(visit, publisher().username), bench)


def writes_links_and_a_figure(colette):
    colette.types("Voir le ")
    colette.inserts(PLAN)
    colette.types("plan")
    colette.keys("ArrowRight")
    colette.types(" et la ")
    colette.inserts(LIST)
    colette.types("liste")
    colette.keys("End")
    colette.types(" des écoles : ")
    colette.inserts("1.37亿元")
    colette.types(" investis.")
    colette.keys("Control+Enter")


def is_stopped_by_a_false_alarm(colette, bench):
    colette.writes(FALSE_ALARM)
    expect(colette.row.locator(".desk-finding--error")).to_contain_text("9月")
    colette.judges(REASON)
    expect(colette.row.locator(".desk-finding--error")).to_contain_text("colette")
    expect(colette.row.locator(".desk-finding--dismissed")).to_have_count(0)  # a publisher has to agree
    colette.goes_to(TITLE)
    colette.keys("Control+Enter")
    expect(colette.page.locator("[data-row][data-standing=review]")).to_have_count(3)


def dismisses_it_and_publishes(georges, bench):
    georges.opens(bench)
    georges.goes_to(TITLE)
    georges.judges(REASON)
    expect(georges.row.locator(".desk-finding--dismissed")).to_contain_text(REASON)
    georges.presses("Approve what is handed in")
    expect(georges.page.locator("[data-row][data-standing=approved]")).to_have_count(3)
    georges.publishes_all_the_same("元", "2024年", "江津区")
    georges.is_told("Français")
    [kept] = bench.row(TITLE).unit.dismissed
    assert (kept["reason"], stored(bench.obj)) == (REASON, FALSE_ALARM)
