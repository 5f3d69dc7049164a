from django.urls import URLPattern, path

from . import downloads


# Names with dots need patterns of their own: Wagtail's never matches them. The dataset comes first: no metric may
# take its names.
urlpatterns: list[URLPattern] = [
    path("data/download/", downloads.data_download, name="data-download"),
    path("data/dataset.csv", downloads.dataset_csv, name="dataset-csv"),
    path("data/dataset.xlsx", downloads.dataset_xlsx, name="dataset-xlsx"),
    path("data/dataset.json", downloads.dataset_json, name="dataset-json"),
    path("data/datapackage.json", downloads.datapackage, name="datapackage"),
    path("data/<slug:key>.csv", downloads.metric_csv, name="metric-csv"),
    path("data/<slug:key>.json", downloads.metric_json, name="metric-json"),
    path("data/<slug:key>.svg", downloads.metric_svg, name="metric-svg"),
]
