from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "tilth.design"
    label = "design"
