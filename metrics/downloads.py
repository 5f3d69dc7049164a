"""Figures as files: one metric as CSV, JSON and SVG, and the whole dataset (docs/open-data.md)."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core.caching.parameters import depends_on
from core.languages import SOURCE, TAGS, column, content_language, direction, reading
from core.open_data.responses import open_data
from core.open_data.spreadsheets import csv_bytes, fingerprint, xlsx_bytes
from schools.downloads import schools_table

from .charts import Words, draw
from .citation import citation, portal_name, terms
from .datapackage import descriptor
from .labels import dataset_description, dataset_title, source_line, table_names
from .models import Metric, MetricsPage, Observation
from .records import metric_record, observation_record, public_metrics, public_observations, with_related
from .tables import dataset_tables, observations_table


CSV = "text/csv; charset=utf-8"
SVG = "image/svg+xml; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# One metric --------------------------------------------------------------------------------------

MetricView = Callable[[HttpRequest, Metric, list[Observation]], HttpResponse]


def of_metric(view: MetricView) -> Callable[..., HttpResponse]:
    """Give the view a public metric and its figures; a metric without a name in the language is read in Chinese."""

    @depends_on()
    @open_data
    @wraps(view)
    def wrapped(request: HttpRequest, key: str) -> HttpResponse:
        metric = public_metrics(SOURCE).filter(key=key).first()
        if metric is None:
            raise Http404
        code = content_language() if metric.is_in(content_language()) else SOURCE
        with reading(code, address=True):
            rows = with_related(metric.observation_rows())
            response = view(request, metric, list(rows))
        response.headers["Content-Language"] = TAGS[code]
        return response

    return wrapped


@of_metric
def metric_csv(request: HttpRequest, metric: Metric, observations: list[Observation]) -> HttpResponse:
    return _file(csv_bytes(observations_table(observations, request)), CSV, f"{metric.key}.csv")


@of_metric
def metric_json(request: HttpRequest, metric: Metric, observations: list[Observation]) -> HttpResponse:
    return JsonResponse(
        {
            "language": TAGS[content_language()],
            "metric": metric_record(metric, request),
            "observations": [observation_record(observation, request) for observation in observations],
            "citation": citation(metric, observations, request),
            **terms(request),
        },
        json_dumps_params={"ensure_ascii": False},
    )


@of_metric
def metric_svg(request: HttpRequest, metric: Metric, observations: list[Observation]) -> HttpResponse:
    sources = "; ".join(dict.fromkeys(str(observation.source) for observation in observations))
    foot = " · ".join(filter(None, [source_line(sources) if sources else "", portal_name(request)]))
    words = Words(str(metric), foot, content_language(), metric.theme.key)
    return HttpResponse(draw(observations, words), content_type=SVG)


# The whole dataset -------------------------------------------------------------------------------


def _everything(request: HttpRequest) -> tuple[list[Observation], list[Metric]]:
    """The public figures and metrics in the language of the address; 404 without a public page of figures."""
    if not MetricsPage.objects.readable().exists():
        raise Http404
    code = content_language()
    return list(public_observations(code)), list(public_metrics(code))


@depends_on()
@open_data
def dataset_csv(request: HttpRequest) -> HttpResponse:
    observations, _metrics = _everything(request)
    return _file(csv_bytes(observations_table(observations, request)), CSV, "dataset.csv")


@depends_on()
@open_data
def dataset_xlsx(request: HttpRequest) -> HttpResponse:
    tables = dataset_tables(*_everything(request), request)
    tables.append(schools_table(request, table_names()["schools"]))
    content = xlsx_bytes(tables, right_to_left=direction(content_language()) == "rtl")
    response = _file(content, XLSX, "dataset.xlsx")
    response.headers["ETag"] = f'"{fingerprint(tables)}"'
    return response


@depends_on()
@open_data
def dataset_json(request: HttpRequest) -> HttpResponse:
    observations, metrics = _everything(request)
    return JsonResponse(
        {
            "title": dataset_title(portal_name(request)),
            "description": dataset_description(),
            "language": TAGS[content_language()],
            **terms(request),
            "metrics": [metric_record(metric, request) for metric in metrics],
            "observations": [observation_record(observation, request) for observation in observations],
        },
        json_dumps_params={"ensure_ascii": False},
    )


@depends_on()
@open_data
def datapackage(request: HttpRequest) -> HttpResponse:
    observations, _metrics = _everything(request)
    content = descriptor(observations, dataset_title(portal_name(request)), request)
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


@depends_on()
@require_safe
@transaction.non_atomic_requests
def data_download(request: HttpRequest) -> HttpResponse:
    """The page that lists the files."""
    page = MetricsPage.objects.readable().first()
    if page is None:
        raise Http404
    code = content_language()
    context = {
        "metrics": public_metrics(code).order_by("theme__order", "order", column("name", code)),
        "figures_url": page.get_url(request),
    }
    return TemplateResponse(request, "metrics/downloads.html", context)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
