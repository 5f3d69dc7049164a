"""Addresses that are the same for all languages."""

from django.urls import URLPattern, path

from .. import display
from ..metadata import views


urlpatterns: list[URLPattern] = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
    path("llms.txt", views.llms, name="llms"),
    path(".well-known/security.txt", views.security, name="security"),
    path("qr/<path:path>.svg", views.qr_code, name="qr-code"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("-/display/", display.choose_display, name="choose-display"),
]
