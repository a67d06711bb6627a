"""The settings that tests run under: the real ones, read from a clean environment and a data folder of this run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_shm = Path("/dev/shm")
_data = Path(tempfile.mkdtemp(prefix="tilth-tests-", dir=_shm if os.access(_shm, os.W_OK) else None))
atexit.register(shutil.rmtree, _data, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("TILTH_")]:
    del os.environ[_name]
os.environ["TILTH_DATA"] = str(_data)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running beside the tests of this process

from tilth.config.settings import *  # noqa: E402, F403

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(_data / "static").mkdir()
