from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tilth.web"
    label = "web"

    def ready(self) -> None:
        from tilth.accounts.erasure import also_erase
        from tilth.partnerships.access import must_have_left

        also_erase(must_have_left)
