from django.urls import URLPattern, path

from . import views_machines


urlpatterns: list[URLPattern] = [
    path("sitemap/", views_machines.site_map, name="site-map"),
    path("site.webmanifest", views_machines.manifest, name="manifest"),
]
