"""Where every page is. Chapters bring their own pages, each under /p/<partnership>/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from tilth.ledger.registry import chapters

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tilth.api.urls")),
    path("", include("tilth.web.urls")),
    path("", include("tilth.accounts.urls")),
    path("p/<uuid:partnership_id>/", include("tilth.ledger.urls")),
    *(
        path(f"p/<uuid:partnership_id>/{chapter.slug}/", include(f"tilth.chapters.{chapter.slug}.urls"))
        for chapter in chapters()
    ),
]
