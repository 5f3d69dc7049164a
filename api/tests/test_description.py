"""The description for programs, the page for people, and whether the API does what the description says."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from api.app import api
from api.tests.test_api import one_of_each
from core.models import Language
from metrics.models import MetricsPage
from news.tests.factories import make_index
from schools.tests.factories import make_home


pytestmark = [pytest.mark.django_db, pytest.mark.once]
EXAMPLES = 25  # questions for each of the ten operations


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").json()


def test_the_description_is_valid(description):
    assert description["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(description).iter_errors()) == []


def test_every_operation_says_what_it_is_and_what_can_go_wrong(description):
    operations = [operation for methods in description["paths"].values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names) == 10
    for operation in operations:
        assert operation["description"]
        assert operation["tags"]
        assert "422" in operation["responses"]
        assert all(parameter["description"] for parameter in operation["parameters"])
    assert {tag["name"] for tag in description["tags"]} == {operation["tags"][0] for operation in operations}
    assert "contact" not in description["info"]


def test_every_text_that_may_be_asked_is_bounded(description):
    for methods in description["paths"].values():
        for parameter in methods["get"]["parameters"]:
            schema = parameter["schema"]
            bounded = {"maxLength", "enum", "maximum"} & set(schema) or schema.get("format") == "date"
            assert bounded, parameter


@pytest.fixture
def application():
    """The whole application, as a server calls it, but for closing the connection that holds this test's data."""
    one_of_each()
    make_index(MetricsPage)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# Generated questions, asked of the application in this process; with a fixed seed, so that a failure comes again.
@pytest.mark.parametrize("path", list(api.get_openapi_schema(path_prefix="/api/v1/")["paths"]))
def test_whatever_is_asked_the_answer_is_the_one_described(application, path):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operation = schema[path]["GET"]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        response = case.call(headers={"Accept-Encoding": "identity"})  # it would not unpack an answer here
        case.validate_response(
            response, checks=[not_a_server_error, response_schema_conformance, content_type_conformance]
        )

    ask()


# The page for people -----------------------------------------------------------------------------


def test_the_page_for_people_lists_what_there_is_and_loads_nothing_from_elsewhere(client):
    make_home()
    response = client.get("/api/v1/")
    text = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html")
    for name in ("stories", "schools", "programmes", "metrics", "observations", "openapi.json"):
        assert f'href="http://testserver/api/v1/{name}"' in text
    assert not re.search(r'(src|href)="https?://(?!testserver)', text)
    assert " style=" not in text
    assert "<script>" not in text
    assert not response.cookies


def test_the_page_for_people_is_there_in_every_open_language(client):
    make_home()
    Language.objects.update(is_open=True)
    for code in Language.objects.exclude(code="zh-hans").values_list("code", flat=True):
        response = client.get(f"/{code}/api/v1/")
        assert response.status_code == 200
        assert "http://testserver/api/v1/stories" in response.content.decode()
    Language.objects.filter(code="fr").update(is_open=False)
    assert client.get("/fr/api/v1/").status_code == 404
    assert client.post("/en/api/v1/").status_code == 405
