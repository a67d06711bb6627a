"""The ledger's addresses, under /p/<partnership>/."""

from django.urls import path

from tilth.ledger import views

app_name = "ledger"
urlpatterns = [
    path("entries", views.entries, name="entries"),
    path("sealed", views.sealed, name="sealed"),
    path("links", views.links, name="links"),
    path("head", views.head, name="head"),
    path("cards", views.cards, name="cards"),
]
