"""How processes log: one line an event, to standard error, no personal data."""

import logging
from typing import Any

from kith.access.traceless import is_traceless
from kith.kernel.cards import mask

SERVER_ERROR = 500


class NoTraces(logging.Filter):
    """Keeps quiet about requests that leave no trace; a fault there is told, without its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record may be written, after taking the address out of a fault."""
        path = str(getattr(vars(record).get("request"), "path", ""))
        if not path or not is_traceless(path):
            return True
        if int(vars(record).get("status_code", SERVER_ERROR)) < SERVER_ERROR:
            return False
        record.msg, record.args = "Internal Server Error at an address that leaves no trace", ()
        return True


class Line(logging.Formatter):
    """One event as text, its traceback with it, card numbers masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return mask(super().format(record))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_traces": {"()": "kith.config.log.NoTraces"}},
    "formatters": {"line": {"()": "kith.config.log.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_traces"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "kith": {"level": "INFO"},
        "procrastinate.utils": {"level": "CRITICAL"},  # it tells of side tasks that died with their database
    },
}
