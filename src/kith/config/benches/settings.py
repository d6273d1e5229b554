"""Kith's settings for the web processes of a bench: the same, with the plain page beside Kith's own."""

from kith.config.settings import *  # noqa: F403  (the same settings)

ROOT_URLCONF = "kith.config.benches.urls"
