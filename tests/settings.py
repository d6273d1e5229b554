"""Kith's settings for tests: nothing from the developer's environment, quick hashes, files of their own."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
KEPT = {"KITH_TEST_DATA", "KITH_CHECK_SIZE", "KITH_MEASURED"}
for name in [name for name in os.environ if name.startswith("KITH_") and name not in KEPT]:
    del os.environ[name]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop on the tests' own thread
os.environ["KITH_HOME"] = str(CHECKOUT / "var" / "test" / "home")

from kith.config.settings import *  # noqa: E402, F403  (settings are read from the environment made above)
from kith.config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

del DATABASES["default"]["OPTIONS"]["pool"]  # a test's connections are opened and closed one by one
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
