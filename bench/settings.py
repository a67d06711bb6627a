"""Tilth's own settings, with the two small views that it is measured against added to its addresses."""

from tilth.config.settings import *  # noqa: F403
from tilth.config.settings import INSTALLED_APPS

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench.plain"]
