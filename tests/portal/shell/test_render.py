"""Pages and fragments: strict CSP, private caches, blocks alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.utils import translation

from kith.portal.shell.frame import Identity, bare, build, theme_address
from kith.portal.shell.render import NoSuchBlockError, fragment, framed, page, text_of
from kith.portal.shell.styleguide import example
from kith.portal.shell.theme import Tokens

Asking = Callable[..., HttpRequest]


def shown(request: HttpRequest, template: str = "portal/styleguide.html", **context: Any) -> str:
    with translation.override("en"):
        return page(request, template, context or example()).content.decode()


def test_no_page_carries_a_style_or_a_script_of_its_own(house: None, asking: Asking) -> None:
    html = shown(asking(name="Minh"))
    assert not re.search(r"\sstyle=", html)
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html) == []
    assert not re.search(r'(?:href|src)="(?:https?:)?//', html)


def test_ids_are_unique_on_a_page(house: None, asking: Asking) -> None:
    ids = re.findall(r'\sid="([^"]+)"', shown(asking(name="Minh")))
    assert sorted(ids) == sorted(set(ids))


def test_who_is_signed_in_has_bell_places_and_a_live_page(house: None, asking: Asking) -> None:
    html = shown(asking("/notices/7/", name="Minh"))
    assert 'data-live-url="/live"' in html
    assert "Inbox: 3 unread" in html
    assert re.search(r'class="k-place" href="/notices/" aria-current="page"', html)
    assert "Sign out" in html
    assert "Tân Trà &amp; Co" in html


def test_a_visitor_has_a_page_without_any_of_it(house: None, asking: Asking) -> None:
    html = shown(asking("/store/tea/?page=2"))
    assert "data-live-url" not in html
    assert "k-bar-item" not in html
    assert "Sign out" not in html
    assert 'href="/sign-in/?next=%2Fstore%2Ftea%2F%3Fpage%3D2"' in html


def test_the_language_and_theme_stand_on_the_page(house: None, asking: Asking) -> None:
    request = asking(name="Minh")
    request.COOKIES["kith-theme"] = "dark"
    with translation.override("zh-hans"):
        html = page(request, "portal/styleguide.html", example()).content.decode()
    assert '<html lang="zh-Hans" data-theme="dark">' in html
    request.COOKIES["kith-theme"] = '"><script>'
    assert '<html lang="en">' in shown(request)


def test_pages_of_a_person_are_kept_by_nobody_else(house: None, asking: Asking) -> None:
    assert page(asking(name="Minh"), "portal/styleguide.html", example())["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in page(asking(), "portal/styleguide.html", example())


def test_a_block_is_rendered_alone_with_its_macros(house: None, asking: Asking) -> None:
    request = asking(name="Minh")
    with translation.override("en"):
        html = fragment(request, "portal/bell.html", "bell", {"frame": build(request)}).content.decode()  # type: ignore[arg-type]
    assert html.strip().startswith('<a class="k-round" id="bell"')
    assert "<html" not in html
    assert 'data-unread="3" data-say="3 unread messages"' in html


def test_a_missing_block_is_an_error_that_names_it(asking: Asking) -> None:
    with pytest.raises(NoSuchBlockError, match=r"'bells'.*it has bell"):
        fragment(asking(), "portal/bell.html", "bells", {})


def test_the_bare_frame_asks_nobody(asking: Asking) -> None:
    request = asking("/offline/")
    html = framed(request, "portal/offline.html", {}, frame=bare(request)).content.decode()
    assert "<h1>" in html


def test_an_own_theme_has_an_address_that_changes_with_it(house: None) -> None:
    first, other = theme_address(Tokens(radius=4)), theme_address(Tokens(radius=5))
    assert first.startswith("/theme.css?v=")
    assert first != other
    assert theme_address(None) == ""
    assert Identity("x").tokens is None


def test_a_plain_text_mail_is_plain(house: None) -> None:
    words = {"subject": "Salt & pepper", "paragraphs": ["1 < 2"], "label": "Open", "link": "https://x.example/a?b=1&c=2",
             "why": "Because.", "unsubscribe_url": "", "language": "en", "organization_name": "A & B",
             "organization_url": "https://x.example"}  # fmt: skip
    text = text_of("mail/message.txt", words)
    assert "Salt & pepper" in text
    assert "1 < 2" in text
    assert "https://x.example/a?b=1&c=2" in text
    html = text_of("mail/message.html", words)
    assert "1 &lt; 2" in html
    assert 'lang="en"' in html
    assert "prefers-color-scheme: dark" in html
