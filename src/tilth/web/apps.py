from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tilth.web"
    label = "web"

    def ready(self) -> None:
        from tilth.accounts.doors import invitations_are_asked
        from tilth.accounts.erasure import also_erase
        from tilth.partnerships.access import must_have_left
        from tilth.partnerships.invitations import is_open

        also_erase(must_have_left)
        invitations_are_asked(is_open)
