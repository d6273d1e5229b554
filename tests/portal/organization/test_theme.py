"""The theme: saved only where every word can be read, previewed by the server, and worn by every page and mail."""

from typing import Any

import pytest

from kith.portal.organization import actions, queries
from kith.portal.organization.models import IdentityVersion
from kith.portal.organization.showing import preview_css
from kith.portal.shell.render import text_of
from kith.portal.shell.theme import COLOURS, Tokens
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/admin/organization/theme/"
PLUM, PALE = "#6B2D6B", "#D8B4D8"


def values(**changed: str) -> dict[str, str]:
    """Return what the form sends: the default theme, with some values changed (`light_primary` for light-primary)."""
    form = {"font": "", "radius": "10", "wish": "save"}
    for index, mode in enumerate(("light", "dark")):
        form |= {f"{mode}-{name}": pair[index].lower() for name, pair in COLOURS.items()}
    return form | {name.replace("_", "-", 1): value for name, value in changed.items()}


@pytest.fixture
def browser() -> Any:
    people.organization(name="Sen Drinks")
    return make.client(people.employee("Mai"), "administrator")


def test_a_theme_reaches_every_page_the_sign_in_page_and_mails(browser: Any) -> None:
    answer = browser.post(URL, values(light_primary=PLUM, radius="4", font="Noto Sans"))
    assert (answer.status_code, answer["Location"]) == (303, URL)
    version = queries.newest()
    assert version is not None
    assert (version.light, version.dark, version.radius, version.font) == ({"primary": PLUM}, {}, 4, "Noto Sans")
    for page in ("/sign-in/", "/help/"):
        text = make.client().get(page).text
        address = text.split('href="/theme.css?v=')[1].split('"')[0]
        assert len(address) == 12
    css = make.client().get(f"/theme.css?v={address}").content.decode()
    assert f"--primary:{PLUM}" in css
    assert '--family:"Noto Sans","Be Vietnam Pro"' in css
    known = {"language": "en", "organization_name": "Sen", "organization_url": "https://sen.example", "subject": "Hi",
             "paragraphs": [], "label": "", "link": "", "why": "", "unsubscribe_url": ""}  # fmt: skip
    assert f"color:{PLUM};font-weight:bold" in text_of("mail/message.html", known)


def test_a_pair_that_is_too_faint_is_named_with_its_ratio_and_nothing_is_saved(browser: Any) -> None:
    answer = browser.post(URL, values(light_muted="#9a9a9a"))
    assert answer.status_code == 422
    assert "Light: “Second line” on “Page” has a contrast of 2.66; it needs 4.5." in answer.text
    assert "Light: “Second line” on “Cards” has a contrast of 2.81; it needs 4.5." in answer.text
    assert 'value="#9a9a9a"' in answer.text  # what was typed is kept
    assert "light-muted=%239a9a9a" in answer.text  # and shown in the preview
    assert not IdentityVersion.objects.exists()


def test_a_border_needs_three_and_a_word_on_a_button_four_and_a_half(browser: Any) -> None:
    text = browser.post(URL, values(dark_edge="#3a3f48", **{"light_on-primary": "#88bbaa"})).text
    assert "Dark: “Borders of fields” on “Page” has a contrast of" in text
    assert "it needs 3.0." in text
    assert "Light: “Words on buttons” on “Buttons and links” has a contrast of" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("light_primary", "red"), ("light_primary", "#12345"), ("light_primary", "#1234567"), ("light_primary", ""),
        ("light_primary", "#000;}body{display:none"), ("radius", "25"), ("radius", "-1"), ("radius", "many"),
        ("font", 'x";}*{color:red'), ("font", "x" * 61), ("font", "url(//evil)"),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(browser: Any, name: str, value: str) -> None:
    assert browser.post(URL, values(**{name: value})).status_code == 422
    assert not IdentityVersion.objects.exists()


def test_the_preview_shows_what_is_typed_and_saves_nothing(browser: Any) -> None:
    answer = browser.post(f"{URL}preview/", values(light_primary=PLUM))
    assert answer.status_code == 200
    assert 'id="preview-light"' in answer.text
    assert "<html" not in answer.text
    address = answer.text.split('<link rel="stylesheet" href="')[1].split('"')[0].replace("&amp;", "&")
    css = browser.get(address)
    assert css["Content-Type"] == "text/css"
    light = css.content.decode().split("\n")[0]
    assert light.startswith("#preview-light{color-scheme:light;")
    assert f"--primary:{PLUM};" in light
    assert not IdentityVersion.objects.exists()
    assert browser.post(URL, {**values(light_primary=PLUM), "wish": "preview"}).status_code == 200  # without a script


def test_a_preview_of_nonsense_says_so(browser: Any) -> None:
    assert "no preview" in browser.post(f"{URL}preview/", values(light_primary="red")).text
    assert browser.get(f"{URL}preview.css", values(light_primary="red}")).status_code == 400
    assert browser.get(f"{URL}preview.css").status_code == 400


def test_the_preview_carries_both_modes_and_nothing_outside_its_panels() -> None:
    css = preview_css(Tokens(dark={"primary": PALE}))
    assert f"--primary:{PALE};" in css.split("#preview-dark{")[1]
    assert ":root" not in css
    assert "body" not in css


def test_a_theme_is_reset_and_an_earlier_one_used_again(browser: Any) -> None:
    browser.post(URL, values(light_primary=PLUM))
    assert browser.post(f"{URL}restore/").status_code == 303
    assert "/theme.css" not in make.client().get("/sign-in/").text
    browser.post(f"{URL}restore/", {"version": "1"})
    assert "/theme.css" in make.client().get("/sign-in/").text
    assert [each.version for each in queries.history(changed="theme")] == [3, 2, 1]
    text = browser.get(URL).text
    assert "Mai" in text
    assert browser.post(f"{URL}restore/", {"version": "99"}).status_code == 404


def test_resetting_the_theme_keeps_the_rest(browser: Any) -> None:
    at = people.AT
    actions.offer_languages(languages=["vi"], first="vi", at=at, by_id=None)
    browser.post(URL, values(light_primary=PLUM))
    browser.post(f"{URL}restore/")
    newest = queries.newest()
    assert newest is not None
    assert newest.languages == ["vi"]
