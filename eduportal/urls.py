from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.db.transaction import non_atomic_requests
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from api.views import api_index
from core import views


urlpatterns = [
    path("admin/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, views.admin_csp))),
    path("documents/", include(decorate_urlpatterns(wagtaildocs_urls.urlpatterns, views.only_read))),
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    re_path(r"^media/(?P<path>.*)$", views.media, name="media"),
    # Public pages are read outside a transaction: on SQLite each would take the one write lock.
    path("api/v1/", include("api.urls")),
    path("", include("core.metadata.urls")),
    *i18n_patterns(
        path("api/v1/", api_index, name="api-index"),
        *(path("", include(f"{app}.urls")) for app in ("core", "schools", "metrics", "news", "search")),
        path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, non_atomic_requests))),
        prefix_default_language=False,
    ),
]

handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns = staticfiles_urlpatterns() + urlpatterns
