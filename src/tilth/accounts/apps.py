"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tilth.accounts"
    label = "accounts"
