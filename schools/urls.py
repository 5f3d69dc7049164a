from django.urls import URLPattern, path

from .compare import compare
from .downloads import directory_csv


urlpatterns: list[URLPattern] = [
    path("schools/directory.csv", directory_csv, name="school-directory-csv"),
    path("schools/compare/", compare, name="school-compare"),
]
