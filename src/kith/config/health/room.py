"""A full disk: what would change something is refused before it begins, so that reads and the database go on.

PostgreSQL stops altogether when it cannot write its log. So changes stop while there is still room for two of its
segments, and begin again by themselves as soon as there is more.
"""

import shutil
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kith.config.health.probes import LEAST_ROOM
from kith.kernel.refusals import Refusal
from kith.portal.shell.problems import refused

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
GetResponse = Callable[[HttpRequest], HttpResponse]


def is_full() -> bool:
    """Say whether the data folder's disk has less room than the database needs to go on."""
    return shutil.disk_usage(settings.KITH_HOME).free < LEAST_ROOM


class RoomMiddleware:
    """Answers every changing request with 503 and the reason while the disk is full."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` looks at the disk."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse a change for which there is no room; let everything else through."""
        if request.method in SAFE or not is_full():
            return None
        sentence = _("The disk is full, so nothing can be saved now. Nothing was changed; please try again later.")
        return refused(request, Refusal(sentence, status=503))
