"""Row 38: axe looks at every kind of page three people of the demo can reach, light and dark, narrow and wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from kith.people.persons.models import Person
from tests.access import make as access
from tests.browser import make
from tests.support.crawling import crawl

pytestmark = [pytest.mark.browser, pytest.mark.row(38), pytest.mark.django_db(transaction=True)]
WHO = {"lan": "Nguyễn Thị Lan", "emily": "Emily Clark", "sam": "Sam Rivera"}
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (320, 1280)]
EVERY = {"quick": 12, "small": 6, "full": 1}  # every so manieth kind of page, and each look in turn
MOST_WIDE = 0  # pixels by which a page may be wider than the window


def kinds() -> list[tuple[str, str]]:
    """Return (who, address) of one page of each kind, as the first of the three who can reach it."""
    found: dict[str, tuple[str, str]] = {}
    for key, name in WHO.items():
        browser = access.client(Person.objects.get(full_name=name))
        browser.cookies["kith-language"] = "en"
        for route, address, answer in crawl(browser.get):
            if "<html" in answer.text:  # not a part of a page
                found.setdefault(route, (key, address))
    return list(found.values())


def test_axe_finds_nothing_on_any_kind_of_page(
    page: Page, demo_address: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    make.demo()
    every, faults, looked, last = EVERY[check_size], [], 0, ""
    chosen = sorted(kinds())[::every]
    for n, (who, path) in enumerate(chosen):
        if who != last:
            make.become(page, demo_address, who)
        last = who
        for scheme, width in LOOKS if every == 1 else [LOOKS[n % len(LOOKS)]]:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(demo_address + path)
            looked += 1
            try:
                make.look(page)
            except AssertionError as error:
                faults.append(f"{who} {path} {scheme} {width}: {error}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > MOST_WIDE:
                faults.append(f"{who} {path} {scheme} {width}: {wide} pixels too wide")
    measured("axe over every kind of page", "0 violations", f"{len(faults)} in {looked} looks at {len(chosen)} kinds")
    assert len(chosen) * every > 80
    assert faults == [], "\n".join(faults)


def test_the_control_axe_sees_a_picture_without_words_and_grey_on_grey(page: Page) -> None:
    page.set_content(
        "<html lang=en><title>x</title><main><h1>x</h1><img src=x><p style='color:#ccc;background:#eee'>grey</p></main>"
    )
    with pytest.raises(AssertionError) as found:
        make.look(page)
    assert "image-alt" in str(found.value)
    assert "color-contrast" in str(found.value)
