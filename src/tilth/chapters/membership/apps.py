from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "tilth.chapters.membership"
    label = "membership"
