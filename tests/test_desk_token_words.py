"""Words of a translator's own for a figure or a school: readers see them, and never a number that was corrected."""

import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from languages.desk.chips import chips_of
from languages.desk.dismissals import dismiss
from languages.desk.errors import ChecksFailed
from languages.desk.unit_findings import findings
from languages.models import LanguageWork, Publication, Translation, UnitState, UnitVersion
from languages.publishing.publish import NotReadyError, publish
from languages.publishing.rollback import roll_back
from languages.publishing.token_words import marked
from metrics.mentions import find_mentions
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.tests.factories import make_index, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_school

from .desk import Bench, edited, publisher, stored, story_of, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

OWN = 'Il y a <a id="a1">une seule école</a> près du fleuve.'
BARE = 'Il y a <a id="a1"></a> près du fleuve.'


@pytest.fixture
def figure():
    """One school, on a page of its own that readers find in French."""
    make_index(MetricsPage, title="数据")
    unit = make_unit(key="school", symbol="所", symbol_fr="école | d'écoles | écoles", kind="count")
    return make_observation(
        metric=make_metric(name="学校数", name_fr="Nombre d’écoles", unit=unit), value=Decimal(1), printed="1所"
    )


@pytest.fixture
def bench(figure):
    """A story that says so, to be translated by somebody who may publish."""
    take_up(review_required=False, is_open=True)
    story = story_of(("a", chinese(figure)), title="双福的学校", standfirst="")
    with translation.override("en"):
        yield Bench(story, publisher())


def chinese(figure, words="1所"):
    return f'双福有<a linktype="figure" id="{figure.pk}">{words}</a>学校。'


def published(bench, text=OWN):
    bench.writes("双福的学校", "Les écoles de Shuangfu", UnitState.APPROVED)
    bench.writes("双福有", text, UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)


def corrected(figure, value):
    figure.value, figure.printed = Decimal(value), f"{value}所"
    figure.status, figure.change_reason = "revised", "重新统计"
    figure.save_revision().publish()


def read(client, bench):
    """What readers see of the link: its words, and the value for programs."""
    page = BeautifulSoup(client.get(f"/fr{bench.obj.url}").content.decode(), "html.parser")
    link = page.select_one("a.figure-link")
    return link.get_text(), link.data["value"]


def found(bench, text, words="双福有"):
    """(level, message) of what the desk says of such words."""
    segment = bench.row(words).segment
    said = findings(bench.original, segment, text, "fr")
    return [(each.level, each.message) for each in said if each.check == "words"]


def test_readers_see_the_words_and_the_figure_stays_linked(bench, client):
    published(bench)
    assert read(client, bench) == ("une seule école", "1")


def test_nobody_reads_a_number_that_was_corrected(bench, figure, client, words_may_differ):
    published(bench)
    corrected(figure, 2)
    assert read(client, bench) == ("2\xa0écoles".replace("\xa0", " "), "2")
    row = bench.row("双福有")
    assert (row.status, row.text) == ("review", OWN)
    assert Translation.objects.get(language="fr").waiting == "review"
    assert "2所" in UnitVersion.objects.filter(unit=row.unit).first().note
    with pytest.raises(NotReadyError):
        publish(bench.original, "fr", bench.user)
    bench.obj = edited(bench.obj, show_in_menus=True)  # what is published follows its source, and says no old number
    assert read(client, bench)[0] == "2 écoles"
    bench.writes("双福有", 'Il y a <a id="a1">deux écoles</a> près du fleuve.', UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    assert read(client, bench) == ("deux écoles", "2")


def test_words_hold_again_if_the_figure_says_what_it_said(bench, figure, client):
    published(bench)
    corrected(figure, 2)
    corrected(figure, 1)
    assert read(client, bench) == ("une seule école", "1")


def test_words_that_say_something_else_are_an_error(bench):
    wrong = 'Il y a <a id="a1">deux écoles</a> près du fleuve.'
    assert found(bench, wrong) == [("error", "“deux écoles” is not what the figure says: 1 école.")]
    assert found(bench, OWN) == found(bench, BARE) == []
    with pytest.raises(ChecksFailed):
        bench.writes("双福有", wrong, UnitState.APPROVED)


def test_words_that_a_publisher_judges_to_be_right_are_shown(bench, figure, client):
    unread = 'Il y a <a id="a1">l’unique école</a> près du fleuve.'
    row = bench.writes("双福有", unread)
    key = f"words: {found(bench, unread)[0][1]}"
    dismiss(bench.original, bench.language, row.segment.path, row.hash, key, "unique veut dire une", bench.user)
    published(bench, unread)
    assert read(client, bench) == ("l’unique école", "1")
    figure.save_revision().publish()
    assert bench.row("双福有").is_done
    corrected(figure, 2)
    assert read(client, bench) == ("2 écoles", "2")
    assert bench.row("双福有").status == "review"


def test_a_text_without_a_number_may_stand_for_a_figure_where_the_chinese_has_none(bench, figure):
    edited(bench.obj, ("a", chinese(figure, "学校的数目")))
    assert found(bench, '<a id="a1">Le nombre d’écoles</a> est stable.') == []
    assert found(bench, '<a id="a1">Les trois écoles</a> de Shuangfu.') != []


def test_a_correction_that_the_chinese_does_not_say_yet_locks_no_translation(bench, figure, client):
    corrected(figure, 3)
    published(bench, BARE)
    assert read(client, bench) == ("3 écoles", "3")
    published(bench, 'Il y a <a id="a1">trois écoles</a> près du fleuve.')
    assert read(client, bench) == ("trois écoles", "3")


def test_words_of_a_school_have_something_of_its_name(bench):
    make_index(SchoolIndexPage)
    school = make_school(title="双福六小", slug="shuangfu-6")
    translate(school, "fr", title="École primaire Shuangfu n° 6")
    edited(bench.obj, ("a", f'请看<a linktype="school" id="{school.pk}">双福六小</a>。'))
    doubtful = "“le collège” has nothing of the name École primaire Shuangfu n° 6: is it clear what is meant?"
    assert found(bench, 'Voyez <a id="a1">le collège</a>.', "请看") == [("warning", doubtful)]
    assert found(bench, 'Voyez <a id="a1">l\'école</a>.', "请看") == []


def test_a_page_with_such_words_asks_the_database_for_no_more(bench, client):
    counted = []
    for text in (BARE, OWN):
        published(bench, text)
        client.get(f"/fr{bench.obj.url}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, bench)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_search_finds_the_words_and_shows_what_is_true(bench, figure, client):
    published(bench)
    assert "une seule école" in shown(client, "seule")
    corrected(figure, 2)
    assert "2 écoles près du fleuve" in shown(client, "fleuve")


def shown(client, query):
    page = BeautifulSoup(client.get("/fr/search/", {"q": query}).content.decode(), "html.parser")
    return page.main.get_text().replace("\xa0", " ")


def test_the_page_of_the_figure_cites_what_readers_read(bench, figure):
    published(bench)
    assert cited(figure) == ["Il y a <mark>une seule école</mark> près du fleuve."]
    corrected(figure, 2)
    assert cited(figure) == ["Il y a <mark>2 écoles</mark> près du fleuve."]


def cited(figure):
    return [
        sentence.replace("\xa0", " ") for each in find_mentions([figure.pk], "fr") for _at, sentence in each.sentences
    ]


def test_what_was_published_before_words_were_marked_is_marked(bench, figure, client):
    published(bench)
    story = bench.obj
    body = json.dumps(list(stored(story, "body").raw_data))
    story.body_fr = json.loads(re.sub(r' says=\\"[^"]*\\"', "", body))
    assert story.body_fr != json.loads(body)
    story.save(update_fields=["body_fr"], clean=False)
    call_command("mend_stored", "--safe")
    corrected(figure, 2)
    assert read(client, bench)[0] == "2 écoles"


def test_traditional_chinese_says_what_the_chinese_says(bench, figure, client):
    LanguageWork.objects.get_or_create(language="zh-hant")
    corrected(figure, 2)
    row = Bench(bench.obj, bench.user, "zh-hant").row("双福有")
    said = findings(bench.original, row.segment, '雙福有<a id="a1">1所</a>學校。', "zh-hant")
    assert [each for each in said if each.level == "error"] == []


def test_an_earlier_publication_says_no_number_that_was_corrected(bench, figure, client):
    published(bench)
    first = Publication.objects.get()
    corrected(figure, 2)
    published(bench, 'Il y a <a id="a1">deux écoles</a> près du fleuve.')
    roll_back(first, bench.user)
    assert read(client, bench) == ("2 écoles", "2")


def test_words_of_an_earlier_publication_are_marked_again(bench, figure, client):
    published(bench)
    first = Publication.objects.get()
    published(bench, BARE)
    roll_back(first, bench.user)
    assert read(client, bench) == ("une seule école", "1")
    corrected(figure, 2)
    assert read(client, bench) == ("2 écoles", "2")


@pytest.mark.parametrize("value", [1, 2])
def test_words_in_the_form_that_a_page_had_are_marked_too(bench, figure, client, value):
    published(bench)
    first = Publication.objects.get()
    published(bench, BARE)
    first.refresh_from_db()
    first.columns = json.loads(re.sub(r' says=\\"[^"]*\\"', "", json.dumps(first.columns)))
    first.save()
    bench.obj = edited(bench.obj, ("a", chinese(figure)), ("n", "校门朝南。"))
    corrected(figure, value)
    roll_back(first, bench.user)
    corrected(figure, 2)
    assert read(client, bench) == ("2 écoles", "2")


def test_a_correction_reaches_a_paragraph_that_was_moved(bench, figure):
    published(bench)
    bench.obj = edited(bench.obj, ("zz", chinese(figure)))
    assert bench.row("双福有").is_done
    corrected(figure, 2)
    assert (bench.row("双福有").status, bench.row("双福有").text) == ("review", OWN)


def test_publishing_a_figure_again_is_no_news(bench, figure):
    published(bench)
    corrected(figure, 2)
    version, kept = bench.row("双福有").version, UnitVersion.objects.count()
    figure.save_revision().publish()
    assert (bench.row("双福有").version, UnitVersion.objects.count()) == (version, kept)


def test_a_translation_that_follows_an_earlier_chinese_is_not_written_anew(bench, figure, client):
    story = edited(bench.obj, ("a", chinese(figure)), ("b", "食堂开放。"))
    bench.writes("食堂", "La cantine est ouverte.", UnitState.APPROVED)
    published(bench)
    edited(story, ("a", f'几江有<a linktype="figure" id="{figure.pk}">1所</a>学校。'))
    before = stored(story, "body").raw_data[:]
    call_command("mend_stored", "--safe")
    assert stored(story, "body").raw_data[:] == before
    assert "cantine" in str(before)


def test_two_links_with_the_same_words_are_judged_one_by_one(bench, figure, client):
    words, link = "l’unique école", f'<a linktype="figure" id="{figure.pk}">1所</a>'
    edited(bench.obj, ("a", f"双福有{link}学校，几江也有{link}。"))
    text = f'<a id="a1">{words}</a> ici, <a id="a2">{words}</a> là.'
    row = bench.writes("双福有", text)
    key = f"words: {found(bench, text)[0][1]}"
    dismiss(bench.original, bench.language, row.segment.path, row.hash, key, "unique veut dire une", bench.user)
    marked_texts = marked(bench.obj, "fr", {row.segment.path: text})
    assert re.sub('says="[^"]*"', "says", marked_texts[row.segment.path]) == (
        f'<a id="a1" says>{words}</a> ici, <a id="a2"></a> là.'
    )


def test_a_school_and_a_unit_that_are_not_translated_need_words(bench, figure):
    school = make_school(title="双福六小", slug="shuangfu-6")
    edited(bench.obj, ("a", f'{chinese(figure)}<a linktype="school" id="{school.pk}">双福六小</a>'))
    segment = bench.row("双福有").segment
    for code in ("ja", "fr"):
        chips = chips_of([segment], code)[segment.path]
        assert {name: chip.token for name, chip in chips.items() if not chip.stated} == {"a2": ""}, code
