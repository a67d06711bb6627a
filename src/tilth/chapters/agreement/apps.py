from django.apps import AppConfig


class AgreementConfig(AppConfig):
    name = "tilth.chapters.agreement"
    label = "agreement"
