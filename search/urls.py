from django.urls import path

from . import views


urlpatterns = [
    path("search/", views.search_results, name="search-results"),
    path("search/suggest", views.search_suggestions, name="search-suggestions"),
]
