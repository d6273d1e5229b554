"""The ASGI application: the live stream natively, every page through the bridge to WSGI."""

from urllib.parse import urlsplit

from django.conf import settings

from kith.config.ground.bodies import Receive, Scope, Send
from kith.config.ground.bridge import Bridge
from kith.config.ground.streams import Streams
from kith.config.wsgi import application as pages
from kith.messaging.live.hub import live

streams = Streams(live)
bridge = Bridge(pages, scheme=urlsplit(settings.KITH_URL).scheme)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request. `/live` is open as long as its reader and this process are."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/live":
        await streams(scope, receive, send)
    else:
        await bridge(scope, receive, send)
