from django.urls import URLPattern, path

from .metadata import views


urlpatterns: list[URLPattern] = [
    path("sitemap/", views.site_map, name="site-map"),
    path("site.webmanifest", views.manifest, name="manifest"),
]
