"""How processes log: one line an event, to standard error, no personal data."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "kith": {"level": "INFO"},
        "procrastinate.utils": {"level": "CRITICAL"},  # it tells of side tasks that died with their database
    },
}
