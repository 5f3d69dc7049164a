"""What search engines and other programs are told about figures."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists
from django.urls import reverse

from core.languages import SOURCE, column
from core.metadata.addresses import page_path
from core.metadata.facts import Column, Facts, Shown, describes, listed, register_column
from core.metadata.json_ld import Node, dataset, download, reference
from core.metadata.sitemaps import Entry, LanguageSitemap, register_sitemap
from core.models import BasePage
from core.queries.prepared import prepared
from schools.choices import BodyKind

from .citation import licence
from .models import Metric, MetricsPage, Observation
from .models.pages import FiguresSubject, MetricSubject


register_column(MetricsPage, Column(type="数据发布"))


@describes(FiguresSubject)
def describe_figures(subject: FiguresSubject, shown: Shown) -> Facts:
    page = subject.page
    themes = tuple(str(theme) for theme, _metrics in subject.themes)
    rows = [row for _theme, metrics in subject.themes for _metric, rows in metrics for row in rows]
    files = [(reverse("dataset-csv"), "text/csv"), (reverse("dataset-json"), "application/json")]
    node = dataset(
        url=shown.url,
        name=page.title,
        language=shown.tag,
        description=page.search_description or page.standfirst or page.title,
        keywords=themes,
        **_common(rows, files, shown),
    )
    return Facts(keywords=themes, column_keywords=themes, nodes=(node,))


@describes(MetricSubject)
def describe_metric(subject: MetricSubject, shown: Shown) -> Facts:
    metric = subject.thing
    files = [
        (reverse("metric-csv", args=[metric.key]), "text/csv"),
        (reverse("metric-json", args=[metric.key]), "application/json"),
    ]
    description = metric.definition or f"{metric.name} · {metric.theme.name}"
    node = dataset(
        url=shown.url,
        name=metric.name,
        language=shown.tag,
        description=description,
        keywords=[metric.theme.name],
        variableMeasured=metric.name,
        **_common(subject.observations, files, shown),
    )
    return Facts(
        title=metric.name,
        description=description,
        keywords=(metric.theme.name,),
        modified=metric.last_published_at,
        nodes=(node,),
    )


def _common(rows: Iterable[Observation], files: list[tuple[str, str]], shown: Shown) -> dict[str, Any]:
    rows = list(rows)
    return {
        "temporalCoverage": temporal_coverage(rows),
        "spatialCoverage": _places(rows),
        "distribution": [download(shown.absolute(path), kind) for path, kind in files],
        "license": _licence(shown),
        "creator": reference(shown.publisher),
        "isBasedOn": _sources(rows),
        "isAccessibleForFree": True,
    }


def _licence(shown: Shown) -> Node | str:
    """Its address; a licence that has none is named. Empty as long as none is stated."""
    stated = licence(shown.request)
    if not stated:
        return ""
    return stated.url or {"@type": "CreativeWork", "name": stated.name}


def temporal_coverage(rows: Iterable[Observation]) -> str:
    """From the first known day to the last (ISO 8601); empty if no day is known."""
    days = [day for row in rows for day in (row.period.start, row.period.end) if day]
    if not days:
        return ""
    first, last = min(days), max(days)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _places(rows: Iterable[Observation]) -> list[Node]:
    bodies = [row.subject_organisation for row in rows]
    names = dict.fromkeys(str(body) for body in bodies if body and body.kind == BodyKind.AREA)
    return [{"@type": "Place", "name": name} for name in names]


def _sources(rows: Iterable[Observation]) -> list[Node]:
    sources = {row.source_id: row.source for row in rows}.values()
    return [
        {
            "@type": "CreativeWork",
            "name": str(source),
            "author": source.authors,
            "publisher": source.publisher,
            "datePublished": source.published_on,
            "url": source.link,
        }
        for source in sources
    ]


@listed(MetricsPage)
def list_metrics(section: BasePage, home: BasePage, language: str) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """The metrics of the language by theme: one query."""
    base = page_path(section, home, language)
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for metric in _public(language).select_related("theme").order_by("theme__order", "order", "key"):
        by_theme.setdefault(metric.theme.name, []).append((metric.name, f"{base}{metric.key}/"))
    yield from by_theme.items()


def _public(language: str) -> Any:
    found = Metric.objects.public()
    return found if language == SOURCE else found.filter(**{f"{column('name', language)}__gt": ""})


@prepared
def _sections() -> Any:
    return MetricsPage.objects.readable().with_languages()[:1]


class MetricSitemap(LanguageSitemap):
    """A page for each live metric, if the section is there for all to read."""

    @classmethod
    def queryset(cls, path: str, languages: Sequence[str]) -> Any:
        metrics = Metric.objects.public().with_languages().only("key", "last_published_at")
        return metrics.filter(Exists(MetricsPage.objects.readable())).order_by("pk")

    def entries(self, metrics: Iterable[Metric]) -> Iterator[Entry]:
        section: Any = next(iter(_sections()), None)
        for metric in metrics if section else ():
            codes = [code for code in self.languages if metric.is_in(code) and section.is_in(code)]
            yield Entry(page_path(section, self.home, SOURCE) + f"{metric.key}/", codes, metric.last_published_at)


register_sitemap("metrics", MetricSitemap)
