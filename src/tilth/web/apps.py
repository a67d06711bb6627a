from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tilth.web"
    label = "web"
