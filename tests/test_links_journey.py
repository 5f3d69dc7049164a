"""Links and figures in a translation, from the keyboard alone, while the machine translator fails; in Chromium."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.tests.factories import make_index

from .desk import Bench, story_of, take_up, translator
from .workbench import Translator


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, GROWTH, LINKED = "学位增长", "学位增长了两倍。", "学校见规划和名单，共投入1.37亿元。"
WRONG, RIGHT = "Le nombre de places a doublé.", "Le nombre de places a triplé."
FIGURE = "137 millions de yuans"
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


def test_a_text_with_links_and_a_figure_is_written_while_the_machine_fails(story, visit):
    take_up(review_required=True)
    bench = Bench(story, translator())
    colette = Translator(visit, "colette")
    colette.page.goto(reverse("languages_workbench", args=[bench.original.pk, "fr"]))
    colette.goes_to(GROWTH)
    colette.types(WRONG)
    colette.keys("Control+Enter")
    expect(colette.row.locator(".desk-finding--error")).to_contain_text("两倍")
    colette.keys("Control+a")
    colette.types(RIGHT)
    colette.keys("Control+Enter")
    colette.is_at(LINKED)
    expect(colette.page.locator("[data-machine-failed]")).to_be_visible()
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
    expect(colette.row).to_have_attribute("data-standing", "missing")  # at the title, which is left
    assert bench.row("规划").text == WRITTEN
