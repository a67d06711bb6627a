from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tilth.ledger"
    label = "ledger"
