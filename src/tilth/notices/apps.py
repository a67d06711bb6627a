"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tilth.notices"
    label = "notices"

    def ready(self) -> None:
        from tilth.accounts.erasure import also_erase
        from tilth.notices.letters import forget

        also_erase(forget)
