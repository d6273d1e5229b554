"""Pages whose parts are drawn once for each content they can have: head, foot, and what stands between them.

Marks stand in what is kept where pages differ: the page's own address, and the reader's token.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from markupsafe import Markup, escape

from kith.access.requests import Request
from kith.portal.shell.current import answering, is_answering, with_token, without_token
from kith.portal.shell.frame import Frame, FramePerson, build
from kith.portal.shell.render import environment, framed, keep_private
from kith.portal.shell.shortly import SECONDS, shortly

KEPT = 1000
_HEAD, _FOOT = "portal/head.html", "portal/foot.html"
_PATH, _SIGN_IN, _BAR = "\x00path\x00", "\x00sign-in\x00", "\x00bar\x00"
_ANYBODY = FramePerson("")


def _alike(frame: Frame) -> Frame:
    """Return a frame without what differs from page to page."""
    return replace(
        frame,
        path="/" if frame.path == "/" else _PATH,
        sign_in_url=_SIGN_IN if frame.sign_in_url else "",
        demo_bar=SafeString(_BAR) if frame.demo_bar else None,
    )


def _own(html: str, frame: Frame) -> Markup:
    """Put in what is this page's own."""
    filled = html.replace(_PATH, escape(frame.path)).replace(_SIGN_IN, escape(frame.sign_in_url))
    return Markup(filled.replace(_BAR, frame.demo_bar or ""))  # noqa: S704  (an escaping template; two values escaped)


@lru_cache(maxsize=KEPT)
def _kept(template: str, frame: Frame, active: str | None) -> str:
    """Return a part with marks; the active language is an argument."""
    del active
    return without_token(environment().get_template(template).render({"frame": frame}))


def frame_part(template: str, frame: Frame) -> Markup:
    """Return `portal/head.html` or `portal/foot.html` for a frame; these read nothing else."""
    if not is_answering():
        return Markup(environment().get_template(template).render({"frame": frame}))  # noqa: S704  (an escaping template)
    alike = _alike(frame)
    if template != _HEAD and frame.person is not None:
        alike = replace(alike, person=_ANYBODY, unread=0)
    return _own(with_token(_kept(template, alike, get_language())), frame)


def kept_page(
    request: Request,
    template: str,
    *,
    key: Hashable,
    context: Callable[[], Mapping[str, Any]],
    seconds: float = SECONDS,
    marks: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a page whose content is drawn once in `seconds` for each `key`; readers of one key see the same.

    `key` must hold whatever the content depends on, but language, zone and frame. `marks` are texts of this reader
    (safe HTML) that take the place of their names. A page with a note to its reader is drawn for them alone.
    """
    frame = build(request)
    with answering(request):
        if connection.in_atomic_block or request.kiosk is not None or len(get_messages(request)):
            made = {**context()}
            text = framed(request, template, made, frame=frame).content.decode()
        else:
            alike = _alike(frame)
            if frame.person is not None:
                alike = replace(alike, person=_ANYBODY, unread=0)
            whole = (template, key, alike, get_language(), timezone.get_current_timezone_name())
            text = shortly(whole, lambda: _skeleton(request, template, context(), alike), seconds=seconds)
            text = text.replace(_HEAD_MARK, frame_part(_HEAD, frame)).replace(_FOOT_MARK, frame_part(_FOOT, frame))
            text = _own(with_token(text), frame)
    for mark, html in (marks or {}).items():
        text = text.replace(mark, html)
    return keep_private(request, HttpResponse(text))


_HEAD_MARK, _FOOT_MARK = f"\x00{_HEAD}\x00", f"\x00{_FOOT}\x00"


def _skeleton(request: Request, template: str, context: Mapping[str, Any], frame: Frame) -> str:
    marked = {**context, "frame_part": lambda part, _frame: Markup(f"\x00{part}\x00")}  # noqa: S704  (a mark)
    return without_token(framed(request, template, marked, frame=frame).content.decode())
