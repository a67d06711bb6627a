"""Addresses under /p/<partnership>/meetings/."""

from django.urls import path

from tilth.chapters.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("propose", views.propose, name="propose"),
    path("note", views.note, name="note"),
    path("limits", views.limits, name="limits"),
    path("about/<uuid:entry_id>", views.about, name="about"),
    path("<uuid:meeting_id>", views.show, name="show"),
    path("<uuid:meeting_id>/now", views.now, name="now"),
    path("<uuid:meeting_id>/move", views.move, name="move"),
    path("<uuid:meeting_id>/afterwards", views.afterwards, name="afterwards"),
]
