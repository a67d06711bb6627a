"""Addresses for machines."""

from django.urls import path

from tilth.api.health import health

app_name = "api"
urlpatterns = [path("health", health, name="health")]
