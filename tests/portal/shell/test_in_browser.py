"""The frame and its components in a real Chromium: axe, sizes, keys, weight, no JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from kith.people.persons.models import Person
from tests.browser import make
from tests.messaging import make as messages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUIDE = "/styleguide/"
ADMINISTRATOR = "sam"
FIRST_VISIT_BYTES = 100_000


@pytest.fixture
def guide(demo_address: str) -> str:
    """Return the address of the style guide, on a demo of few people."""
    make.demo(people=30)
    return demo_address


def watch(page: Page) -> list[str]:
    """Collect what the browser complains of: scripts that fail, what the content security policy stops."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    return heard


def test_every_component_is_accessible_and_fits_in_every_size_colour_and_language(page: Page, guide: str) -> None:
    heard = watch(page)
    make.become(page, guide, ADMINISTRATOR)
    for language in ("en", "vi", "zh-hans"):
        page.context.add_cookies([{"name": "kith-language", "value": language, "url": guide}])
        for theme in ("light", "dark"):
            page.context.add_cookies([{"name": "kith-theme", "value": theme, "url": guide}])
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(f"{guide}{GUIDE}")
                room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert room <= 0, (language, theme, width)
                if width == 1280 or (language, theme) == ("en", "light"):
                    make.look(page)
    assert heard == []


def test_keys_find_go_and_close(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.context.add_cookies([{"name": "kith-language", "value": "vi", "url": guide}])
    page.goto(f"{guide}{GUIDE}")
    page.keyboard.press("Control+k")
    find = page.locator("#find")
    expect(find).to_be_visible()
    expect(find.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("tro giup")
    expect(find.locator("[data-place]:visible")).to_have_text(["Trợ giúp"])
    page.keyboard.press("ArrowDown")
    expect(find.get_by_role("link", name="Trợ giúp")).to_be_focused()
    page.keyboard.press("Escape")
    expect(find).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_what_arrives_while_a_page_is_open_rings_the_bell_and_is_said(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.goto(f"{guide}{GUIDE}")
    bell = page.locator("#bell")
    before = int(bell.get_attribute("data-unread") or 0)
    page.wait_for_timeout(1500)
    expect(page.locator("#announce")).to_be_empty()  # opening the stream tells nothing new
    messages.message([Person.objects.get(full_name="Sam Rivera")])
    expect(bell).to_have_attribute("data-unread", str(before + 1), timeout=10_000)
    expect(page.locator("#announce")).to_contain_text("unread message")


def test_a_menu_closes_and_gives_the_focus_back(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.goto(f"{guide}{GUIDE}")
    menu = page.locator(".k-head details.k-menu")
    menu.locator("summary").click()
    menu.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_question_comes_before_harm(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.goto(f"{guide}{GUIDE}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Decline").click()
    question = page.locator("#confirm")
    expect(question).to_contain_text("Linh will read your answer at once.")
    question.get_by_role("button", name="No, go back").click()
    expect(question).to_be_hidden()
    assert sent == []
    page.get_by_role("button", name="Decline").click()
    with page.expect_request(lambda request: request.method == "POST"):
        question.get_by_role("button", name="Yes").click()


def test_the_skip_link_leads_to_the_content(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.goto(f"{guide}{GUIDE}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_targets_of_the_phone_are_large_enough_for_a_thumb(page: Page, guide: str) -> None:
    make.become(page, guide, ADMINISTRATOR)
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    page.goto(f"{guide}{GUIDE}")
    small = page.evaluate(
        """() => [...document.querySelectorAll(`.k-bar a, .k-bar summary, .k-head a, .k-head summary, .btn, .input,
        .select, .k-chip, .k-tab`)].filter(e => e.checkVisibility() && !e.closest('.k-demo')).map(e => [e.className, e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && box.height < 44).map(([name, box]) => name + ' ' + box.height)"""
    )
    assert small == []


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """Yield a page of a browser that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_menus_and_choices_work_without_javascript(plain: Page, guide: str) -> None:
    plain.goto(f"{guide}/help/")
    plain.get_by_role("button", name="Tiếng Việt").click()
    expect(plain.locator("html")).to_have_attribute("lang", "vi")
    assert plain.url == f"{guide}/help/"


def test_the_first_visit_is_light(page: Page, guide: str) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.startswith(guide):
            sizes[response.url.removeprefix(guide)] = len(response.body()) if "woff2" in response.url else 0

    page.on("response", weigh)
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    received: list[float] = []
    client.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{guide}/help/", wait_until="networkidle")
    assert any(url.endswith(".woff2") for url in sizes)
    assert 20_000 < sum(received) < FIRST_VISIT_BYTES, sizes
