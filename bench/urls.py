from django.urls import path

from bench.plain import views
from tilth.config.urls import urlpatterns as tilths

urlpatterns = [
    path("plain/page/<uuid:person_id>", views.page),
    path("plain/write", views.write),
    path("p/<uuid:partnership_id>/plain/sealed", views.sealed),
    *tilths,
]
