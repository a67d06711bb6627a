from django.urls import path

from tilth.chapters.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.index, name="index"),
    path("new", views.new, name="new"),
    path("resolved", views.resolved, name="resolved"),
    path("limits", views.limits, name="limits"),
    path("<uuid:commitment_id>/", views.one, name="one"),
]
