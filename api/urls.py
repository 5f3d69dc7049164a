from django.urls import URLPattern, URLResolver, include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.open_data.responses import open_data

from . import views
from .app import api


operations, ninja, namespace = api.urls  # a module that says `app_name` would be a namespace itself

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.api_index),
    path("openapi.json", views.api_description, name="api-description"),
    path("", include((decorate_urlpatterns(operations, open_data), ninja), namespace=namespace)),
    path("<path:path>", views.unknown_address, name="unknown-address"),
]
