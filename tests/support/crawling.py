"""Every kind of page somebody can reach: routes without a parameter, and whatever their pages link to."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.urls import Resolver404, resolve

from kith.access.routes import all_routes

_LINK = re.compile(r"""\bhref=["'](/[^"'#]*)""")
_NOT_PAGES = ("/static/", "/live", "/sign-out", "/metrics", "/theme.css", "/sw.js", "/manifest")


def starts() -> list[str]:
    """Return the addresses of all routes that are read and have no parameter."""
    return [route.path for route in all_routes() if "GET" in route.methods and "<" not in route.path]


def crawl(get: Callable[[str], Any], *, each: int = 1, first: str = "/") -> Iterator[tuple[str, str, Any]]:
    """Yield (route, address, answer) for every page that answers 200 with HTML, at most `each` of a route.

    `get` asks for an address and returns Django's answer. Addresses come in the order in which a reader meets them.
    """
    waiting = deque([first, *starts()])
    seen: set[str] = set()
    taken: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        route = route_of(address)
        if address in seen or route is None or taken[route] >= each or tried[route] >= each + 4:
            continue
        seen.add(address)
        tried[route] += 1
        answer = get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        taken[route] += 1
        yield route, address, answer
        waiting.extend(unescape(link) for link in _LINK.findall(answer.text))


def route_of(address: str) -> str | None:
    """Return the route an address belongs to; nothing for what is no page."""
    path = address.partition("?")[0]
    if path.startswith(_NOT_PAGES):
        return None
    try:
        return str(resolve(path).route)
    except Resolver404:
        return None
