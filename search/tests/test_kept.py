"""What searches keep between requests: names, texts and examples, each only until something is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.caching import stamp
from core.caching.kept import forget_all, keeping
from metrics.tests.factories import make_metric, make_observation
from news.tests.factories import make_story, publish, translate
from schools.tests.factories import make_home, make_school
from search import results
from search.choices import Kind
from search.ranking import Candidate, Level


pytestmark = pytest.mark.django_db

TOKEN = '<a linktype="figure" id="{}" says="figure"></a>'


@pytest.fixture(autouse=True)
def _on(monkeypatch):
    monkeypatch.setattr("core.caching.writes.has_moved", lambda _connection: False)  # each act counts as committed
    monkeypatch.setattr(stamp, "INTERVAL", 3600.0)  # a process learns of nothing unless it is told
    make_home(title_en="Jiangjin Education")
    yield
    forget_all()


def search(client, query, prefix=""):
    return client.get(f"{prefix}/search/", {"q": query}).content.decode()


def test_a_text_is_read_once_and_anew_when_it_has_changed(client):
    story = make_story(title="开学", slug="opens", body=[("text", "<p>操场有树。</p>")])
    stamp.forget()
    with CaptureQueriesContext(connection) as first:
        assert "操场有<mark>树</mark>" in search(client, "树")
    with CaptureQueriesContext(connection) as second:
        assert "<mark>操场</mark>有树" in search(client, "操场")
    assert [sum('"body_zh_hans"' in query["sql"] for query in each) for each in (first, second)] == [1, 0]
    story.body = [("text", "<p>操场没有树了。</p>")]
    publish(story)
    stamp.forget()
    assert "操场没有<mark>树</mark>了" in search(client, "树")


def test_names_that_may_have_been_meant_are_those_of_now(client):
    school = make_school(title="双福六小")
    stamp.forget()
    assert ">双福六小</a>" in search(client, "双福流小")
    with CaptureQueriesContext(connection) as again:
        search(client, "双福刘小")
    assert not [query for query in again if "schools_schoolpage" in query["sql"]]
    school.title = "双福七小"
    publish(school)
    stamp.forget()
    assert ">双福七小</a>" in search(client, "双福漆小")
    assert "双福六小" not in search(client, "双福流小")
    school.unpublish()
    stamp.forget()
    assert "双福七小" not in search(client, "双福漆小")


def test_examples_are_those_of_now(client):
    metric = make_metric(key="new-places", name="新增学位")
    make_observation(metric=metric, value=8660, printed="8660个")
    stamp.forget()
    assert "8660个" in search(client, "")
    metric.observations.update(printed="8661个", value=8661)
    stamp.forget()
    assert "8661个" in search(client, "")
    assert "8660个" not in search(client, "")


def test_words_of_figures_are_in_the_language_of_their_text_and_take_no_query_each(client):
    """From a Chinese page, too, English texts are searched: their units are loaded with the figures."""
    figures = [
        make_observation(metric=make_metric(key=f"m-{number}", name="学位"), value=number + 8000) for number in range(3)
    ]
    tokens = "".join(f"<p>Places {TOKEN.format(figure.pk)} here.</p>" for figure in figures)
    story = make_story(title="开学", slug="opens", body=[("text", "<p>树</p>")])
    translate(story, "en", title="Opening")
    type(story).objects.filter(pk=story.pk).update(
        body_en=[{"type": "text", "value": tokens, "id": "8b7f2f4e-6d0f-4f0c-9a51-2f8f5d3f4c11"}]
    )
    story = type(story).objects.get(pk=story.pk)
    story.save()
    stamp.forget()
    for prefix in ("", "/en"):
        with CaptureQueriesContext(connection) as asked:
            html = search(client, "here", prefix)
        assert "8,000" in html
        assert not [query for query in asked if 'FROM "metrics_unit"' in query["sql"]]
        forget_all()


def test_a_text_that_was_read_before_a_change_is_not_kept_as_one_of_after_it(client, monkeypatch):
    """Texts are read together, and the stamp may be asked for again meanwhile: another process has changed one of them."""
    stories = [
        make_story(title=f"开学{number}", slug=f"opens-{number}", body=[("text", f"<p>操场有树{number}。</p>")])
        for number in range(2)
    ]
    read = results.all_with_words

    def and_meanwhile(texts):
        monkeypatch.setattr(results, "all_with_words", read)
        said = read(texts)
        for story in stories:
            story.body = [("text", "<p>操场没有树了。</p>")]
            publish(story)
        stamp.forget()
        return said

    monkeypatch.setattr(results, "all_with_words", and_meanwhile)
    stamp.forget()
    search(client, "树")
    assert search(client, "树").count("操场没有<mark>树</mark>了") == 2


def test_things_without_long_texts_take_one_query_together(client):
    schools = [
        make_school(title=f"双福{number}小", slug=f"school-{number}", key=f"school-{number}") for number in range(3)
    ]
    found = [(Level.TEXT, Candidate(Kind.SCHOOL, (), (), (), None, 0, school)) for school in schools]
    stamp.forget()
    with keeping(), CaptureQueriesContext(connection) as asked:
        results._long_texts(found, ("en",))
    assert len([query for query in asked if "schools_schoolpage" in query["sql"]]) == 1
