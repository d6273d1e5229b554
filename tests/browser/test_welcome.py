"""A new organization from nothing in a real Chromium: phone and desk, three languages, by keyboard, with axe."""

import io
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kith.access.grants.models import Grant
from kith.kernel import clock
from kith.people.organizations.models import Site
from kith.portal.organization.models import IdentityVersion
from kith.portal.welcome.actions import begin
from kith.portal.welcome.keys import token_of
from kith.portal.welcome.models import Setup
from tests.browser import make
from tests.support import served

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "bamboo grows by night 7"


@pytest.fixture
def begun(database_url: str) -> Iterator[tuple[str, str]]:
    """Yield the address of a Kith without an organization, and its set-up address."""
    begin(at=clock.now())
    with served.serving(database_url, more={"KITH_SECRET_KEY": settings.SECRET_KEY}) as where:
        yield where, f"{where}/welcome/begin/{token_of(Setup.objects.get().nonce)}/"


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 200), (31, 107, 87)).save(out, "PNG")
    return out.getvalue()


def fill_administrator(page: Page, name: str, mailbox: str) -> None:
    page.locator("#id_full_name").fill(name)
    page.locator("#id_username").fill(mailbox)
    page.locator("#id_password").fill(PASSWORD)


def test_an_organization_is_set_up_on_a_phone_from_its_name_to_its_first_site(
    page: Page, begun: tuple[str, str]
) -> None:
    where, start = begun
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    page.goto(where)
    expect(page).to_have_url(f"{where}/welcome/")
    make.look(page)
    page.goto(start)
    make.look(page)
    page.get_by_role("link", name="Begin").click()
    page.locator("#id_name").fill("Bamboo & Sons")
    make.look(page)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Languages")
    make.look(page)
    page.get_by_role("button", name="Save and go on").click()
    page.locator("#id_country").select_option("US")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert").first).to_contain_text("29 time zones")
    make.look(page)
    page.locator("#id_country").select_option("VN")
    page.get_by_role("button", name="Save and go on").click()
    svg = {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    page.locator("#id_logo").set_input_files(svg)  # type: ignore[arg-type]
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("body")).to_contain_text("choose a PNG, JPEG, WebP or GIF")
    page.locator("#id_logo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": logo()})
    page.get_by_role("button", name="Save and go on").click()
    make.look(page)
    fill_administrator(page, "Trần Thị Mai", "mai@example.org")
    page.get_by_role("button", name="Begin service and sign in").click()
    expect(page).to_have_url(f"{where}/welcome/steps/")
    make.look(page)
    page.goto(start)
    expect(page.get_by_role("heading", level=1)).to_have_text("This organization is set up")
    make.look(page)
    page.goto(where)
    card = page.locator(".k-card", has_text="Your new organization")
    make.look(page)
    card.get_by_role("link", name="First unit and site").click()
    page.locator("#id_site").fill("Huế")
    make.look(page)
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_url(f"{where}/welcome/steps/rooms/")
    make.look(page)
    page.get_by_label("A factory").check()
    page.get_by_role("button", name="Begin as this").click()
    for key in ("people", "mail", "site"):
        page.goto(f"{where}/welcome/steps/{key}/")
        make.look(page)
    assert Site.objects.get().calendar.holidays.count() > 20


def test_two_browsers_press_the_last_button_at_once_and_one_organization_has_one_administrator(
    chromium: Browser, begun: tuple[str, str]
) -> None:
    _where, start = begun
    pages = [chromium.new_context(locale="en-GB").new_page() for _each in range(2)]
    for number, page in enumerate(pages):
        page.goto(f"{start}administrator/")
        fill_administrator(page, f"Person {number}", f"p{number}@example.org")
    for page in pages:  # neither waits for the other
        page.evaluate("setTimeout(() => document.querySelector('#id_full_name').form.requestSubmit(), 50)")
    for page in pages:
        page.wait_for_url(re.compile(r"/welcome/steps/|/administrator/$"))
        page.wait_for_load_state()
    pages[0].wait_for_timeout(1500)
    titles = sorted(str(page.get_by_role("heading", level=1).text_content()).strip() for page in pages)
    assert titles == ["This organization is set up", "Your new organization"]
    assert Grant.objects.filter(role="administrator").count() == 1
    for page in pages:
        page.context.close()


@pytest.mark.parametrize(("language", "begin_word"), [("vi", "Tiếng Việt"), ("zh-Hans", "简体中文")])
def test_the_set_up_speaks_the_language_of_whoever_sets_up(
    chromium: Browser, begun: tuple[str, str], language: str, begin_word: str
) -> None:
    _where, start = begun
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", color_scheme="dark")
    page = context.new_page()
    page.goto(start)
    page.locator("main").get_by_role("button", name=begin_word).click()
    assert page.url == start
    assert page.locator("html").get_attribute("lang") == language
    for key in ("name", "languages", "place", "logo", "administrator"):
        page.goto(f"{start}{key}/")
        make.look(page)
    page.goto(f"{start}languages/")
    assert page.locator("input[name=first]:checked").get_attribute("value") == language
    context.close()


def test_the_set_up_is_done_by_keyboard_alone(page: Page, begun: tuple[str, str]) -> None:
    where, start = begun

    def tab_to(target: str) -> None:
        for _press in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("target => document.activeElement.matches(target)", target):
                return
        raise AssertionError(target)

    page.goto(f"{start}name/")
    tab_to("#id_name")
    page.keyboard.type("Bamboo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/languages/")
    tab_to("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/")
    tab_to("#id_country")
    page.keyboard.type("Vietnam")
    tab_to("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/logo/")
    tab_to("form[action$='/skip/'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/administrator/")
    tab_to("#id_full_name")
    page.keyboard.type("Mai")
    tab_to("#id_username")
    page.keyboard.type("mai@example.org")
    tab_to("#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{where}/welcome/steps/")
    assert Grant.objects.filter(role="administrator", person__full_name="Mai").exists()


def test_a_theme_is_tried_seen_at_once_refused_when_faint_and_worn_by_the_sign_in_page(
    page: Page, begun: tuple[str, str]
) -> None:
    where, start = begun
    page.goto(f"{start}name/")
    page.locator("#id_name").fill("Bamboo")
    page.get_by_role("button", name="Save and go on").click()
    page.goto(f"{start}administrator/")
    fill_administrator(page, "Mai", "mai@example.org")
    page.get_by_role("button", name="Begin service and sign in").click()
    page.goto(f"{where}/admin/organization/theme/")
    make.look(page)
    shown = page.locator("#preview-light .k-primary")
    expect(shown).to_have_css("background-color", "rgb(31, 107, 87)")
    page.locator("#id_light-primary").fill("#6b2d6b")
    page.locator("#id_light-primary").dispatch_event("change")
    expect(shown).to_have_css("background-color", "rgb(107, 45, 107)")
    assert not IdentityVersion.objects.filter(changed="theme").exists()
    make.look(page)
    page.locator("#id_light-muted").fill("#9a9a9a")
    page.get_by_role("button", name="Save the theme").click()
    expect(page.locator("main")).to_contain_text("“Second line” on “Page” has a contrast of 2.66; it needs 4.5.")
    page.locator("#id_light-muted").fill("#5b6170")
    page.get_by_role("button", name="Save the theme").click()
    expect(page.locator("main")).to_contain_text("Saved.")
    visitor = page.context.browser.new_page()  # type: ignore[union-attr]
    visitor.goto(f"{where}/sign-in/")
    button = visitor.locator("main form button[type=submit]").first
    assert button.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(107, 45, 107)"
    make.look(visitor)
    visitor.close()
    for place in ("", "rooms/"):
        page.goto(f"{where}/admin/organization/{place}")
        make.look(page)
    for place in ("/admin/home/", "/admin/tokens/", "/admin/kiosks/", "/me/sessions/", "/me/notifications/"):
        page.goto(f"{where}{place}")
        make.look(page)
