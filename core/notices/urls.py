"""Addresses of the notices, below the admin's."""

from django.urls import path

from . import views


urlpatterns = [
    path("notices/", views.NoticesView.as_view(), name="notices"),
    path("notices/read/", views.NoticesReadView.as_view(), name="notices_read"),
    path("notices/people/", views.PeopleView.as_view(), name="people"),
    path("notices/<int:notice>/open/", views.NoticeOpenView.as_view(), name="notice_open"),
    path("notices/<int:notice>/read/", views.NoticeReadView.as_view(), name="notice_read"),
]
