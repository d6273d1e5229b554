"""The organization's identity: each change a version with who and when, and every page wears it at once."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import BadInput
from kith.people.organizations.models import Organization
from kith.portal.organization import actions, identity, queries
from kith.portal.organization.models import IdentityVersion
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/admin/organization/"


def logo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (31, 107, 87)).save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


@pytest.fixture
def administrator() -> Any:
    people.organization(name="Sen Drinks", country="VN")
    return people.employee("Mai")


def test_the_name_is_changed_everywhere_with_a_version_and_a_fact(administrator: Any) -> None:
    browser = make.client(administrator, "administrator")
    assert "Sen Drinks" in browser.get("/").text
    answer = browser.post(URL, {"part": "name", "name": "  Lotus   Drinks "})
    assert (answer.status_code, answer["Location"]) == (303, URL)
    version = IdentityVersion.objects.get()
    assert (version.version, version.changed, version.name, version.by_id) == (
        1,
        "name",
        "Lotus Drinks",
        administrator.pk,
    )
    fact = Fact.objects.get(kind="portal.IdentityChanged")
    assert (fact.data["version"], fact.by_id) == (1, administrator.pk)
    for page in ("/", "/sign-in/", "/help/"):
        assert "Lotus Drinks" in make.client().get(page, follow=True).text
    assert "Mai" in browser.get(URL).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "\0"])
def test_a_name_that_is_none_changes_nothing(administrator: Any, name: str) -> None:
    answer = make.client(administrator, "administrator").post(URL, {"part": "name", "name": name})
    assert answer.status_code == 422
    assert not IdentityVersion.objects.exists()
    assert Organization.objects.filter(name="Sen Drinks").exists()


def test_a_logo_stands_on_every_page_and_is_served_for_ever(administrator: Any) -> None:
    browser = make.client(administrator, "administrator")
    assert browser.post(URL, {"part": "logo", "logo": logo()}).status_code == 303
    version = queries.newest()
    assert version is not None
    assert version.logo is not None
    address = f"/logo/{version.logo.sha256}.png"
    assert f'src="{address}"' in make.client().get("/sign-in/").text
    answer = make.client().get(address)
    assert (answer["Content-Type"], "immutable" in answer["Cache-Control"]) == ("image/png", True)
    assert Image.open(io.BytesIO(answer.content)).size == (64, 64)
    assert browser.post(URL, {"part": "no-logo"}).status_code == 303
    assert address not in make.client().get("/sign-in/").text
    assert make.client().get(address).status_code == 200  # who still shows an older page sees its logo
    assert make.client().get("/logo/nothing.png").status_code == 404


def test_an_svg_is_refused_in_the_form(administrator: Any) -> None:
    sent = SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png")
    answer = make.client(administrator, "administrator").post(URL, {"part": "logo", "logo": sent})
    assert answer.status_code == 422
    assert "choose a PNG, JPEG, WebP or GIF" in answer.text


def test_the_first_language_is_for_those_who_asked_for_none_of_ours(administrator: Any) -> None:
    browser = make.client(administrator, "administrator")
    wish = {"part": "languages", "languages": ["vi", "zh-Hans"], "first": "vi"}
    assert browser.post(URL, wish).status_code == 303
    visitor = make.client()
    for asked, given in (("", "vi"), ("de", "vi"), ("en", "vi"), ("zh-CN", "zh-Hans"), ("fr,zh;q=0.5", "zh-Hans")):
        answer = visitor.get("/sign-in/", headers={"accept-language": asked})
        assert answer["Content-Language"] == given, asked
    text = visitor.get("/sign-in/").text
    assert 'value="en"' not in text
    visitor.post("/choose/language/", {"language": "en"})
    assert visitor.get("/sign-in/")["Content-Language"] == "en"  # whoever chose, chose


@pytest.mark.parametrize(
    ("languages", "first"), [([], "en"), (["en"], "vi"), (["en", "xx"], "en"), (["en", "en", "de"], "en")]
)
def test_languages_that_do_not_fit_are_refused(administrator: Any, languages: list[str], first: str) -> None:
    del administrator
    with pytest.raises(BadInput):
        actions.offer_languages(languages=languages, first=first, at=people.AT, by_id=None)
    assert not IdentityVersion.objects.exists()


def test_a_country_with_one_zone_needs_no_choice_and_one_with_several_does(administrator: Any) -> None:
    browser = make.client(administrator, "administrator")
    answer = browser.post(URL, {"part": "place", "country": "US", "zone": ""})
    assert answer.status_code == 422
    assert "29 time zones" in answer.text
    assert browser.post(URL, {"part": "place", "country": "VN", "zone": ""}).status_code == 303
    assert identity.known().zone == "Asia/Ho_Chi_Minh"
    ours = Organization.objects.get(name="Sen Drinks")
    assert (ours.country, ours.currency) == ("VN", "VND")


def test_each_version_keeps_what_the_one_before_said(administrator: Any) -> None:
    at, by_id = people.AT, administrator.pk
    actions.rename(name="Lotus", at=at, by_id=by_id)
    actions.offer_languages(languages=["vi"], first="vi", at=at, by_id=by_id)
    actions.settle(country="VN", zone="", at=at + timedelta(hours=1), by_id=by_id)
    newest = queries.newest()
    assert newest is not None
    assert (newest.version, newest.name, newest.languages, newest.zone) == (3, "Lotus", ["vi"], "Asia/Ho_Chi_Minh")
    assert [each.changed for each in queries.history()] == ["place", "languages", "name"]


def test_only_administrators_come_here(administrator: Any) -> None:
    for page in (URL, f"{URL}theme/", f"{URL}rooms/"):
        assert make.client().get(page)["Location"].startswith("/sign-in/")
        assert make.client(administrator).get(page).status_code == 403
        assert make.client(people.employee(), "communications").get(page).status_code == 403


def test_the_identity_costs_no_query_once_it_is_known(administrator: Any, django_assert_num_queries: Any) -> None:
    del administrator
    identity.known()
    with django_assert_num_queries(0):
        assert identity.known().name == "Sen Drinks"
