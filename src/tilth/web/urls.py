"""Addresses of the shell."""

from django.urls import path

from tilth.web import export, invitations, source, views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("source", source.source, name="source"),
    path("begin", views.begin, name="begin"),
    path("join/<uuid:invitation_id>", invitations.join, name="join"),
    path("join/<uuid:invitation_id>/decline", invitations.decline, name="decline"),
    path("join/<uuid:invitation_id>/cards", invitations.cards, name="join_cards"),
    path("join/<uuid:invitation_id>/links", invitations.links, name="join_links"),
    path("p/<uuid:partnership_id>/", views.home, name="home"),
    path("p/<uuid:partnership_id>/not-now", views.not_now, name="not_now"),
    path("p/<uuid:partnership_id>/export", export.export, name="export"),
    path("p/<uuid:partnership_id>/invite-by-mail", invitations.by_mail, name="invite_by_mail"),
    path("p/<uuid:partnership_id>/timeline", views.timeline, name="timeline"),
]
