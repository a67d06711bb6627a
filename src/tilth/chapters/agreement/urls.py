"""Addresses under /p/<partnership>/agreement/."""

from django.urls import path

from tilth.chapters.agreement import views

app_name = "agreement"
urlpatterns = [
    path("", views.show, name="show"),
    path("draft", views.draft, name="draft"),
    path("dates", views.dates, name="dates"),
    path("<uuid:version_id>/", views.version, name="version"),
    path("<uuid:before_id>/<uuid:after_id>/", views.compare, name="compare"),
]
