"""Addresses under /p/<partnership>/membership/."""

from django.urls import path

from tilth.chapters.membership import views

app_name = "membership"
urlpatterns = [
    path("", views.show, name="show"),
    path("invite", views.invite, name="invite"),
    path("hope", views.hope, name="hope"),
    path("pause", views.pause, name="pause"),
    path("leave", views.leave, name="leave"),
    path("code", views.code, name="code"),
]
