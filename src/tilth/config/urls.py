"""Where every page is. Chapters bring their own pages, each under /p/<partnership>/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from tilth.ledger.registry import chapters
from tilth.web.broken import broken, refused

handler400, handler403, handler404 = refused(400), refused(403), refused(404)
handler500 = broken

Patterns = list[URLPattern | URLResolver]

_of_chapters: Patterns = [
    path(f"{chapter.slug}/", include(f"tilth.chapters.{chapter.slug}.urls")) for chapter in chapters()
]
_of_partnerships: Patterns = [path("", include("tilth.ledger.urls")), *_of_chapters]

# what is asked for most comes first, since they are tried in this order
urlpatterns: Patterns = [
    path("p/<uuid:partnership_id>/", include(_of_partnerships)),
    path("", include("tilth.web.urls")),
    path("", include("tilth.accounts.urls")),
    path("", include("tilth.api.urls")),
]
