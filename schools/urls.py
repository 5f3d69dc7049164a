from django.urls import URLPattern, path

from .compare import compare_schools
from .downloads import directory_csv


urlpatterns: list[URLPattern] = [
    path("schools/directory.csv", directory_csv, name="directory-csv"),
    path("schools/compare/", compare_schools, name="compare-schools"),
]
