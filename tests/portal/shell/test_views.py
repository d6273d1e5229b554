"""Addresses of the frame itself."""

import json

import pytest
from django.test import Client

from kith.portal.shell import frame
from kith.portal.shell.theme import Tokens

pytestmark = pytest.mark.django_db


def test_the_theme_of_the_organization_is_a_stylesheet(
    client: Client, house: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf: frame.Registry[object] = frame.Registry("tests.themes")
    frame.Registry.__init__.__globals__["SHELVES"].pop("tests.themes")
    shelf.put("us", lambda: frame.Identity("Tân Trà", tokens=Tokens(light={"primary": "#204080"})))
    monkeypatch.setattr(frame, "IDENTITIES", shelf)
    response = client.get("/theme.css")
    assert response["Content-Type"].startswith("text/css")
    assert "--primary:#204080;" in response.content.decode()
    assert "max-age=31536000" in response["Cache-Control"]


def test_the_manifest_makes_it_installable(client: Client, house: None) -> None:
    response = client.get("/manifest.webmanifest", headers={"accept-language": "vi"})
    assert response["Content-Type"] == "application/manifest+json"
    body = json.loads(response.content)
    assert body["name"] == "Tân Trà & Co"
    assert body["lang"] == "vi"
    assert body["start_url"] == "/"
    assert body["display"] == "standalone"
    assert {icon["sizes"] for icon in body["icons"]} == {"any", "192x192", "512x512"}


def test_the_service_worker_knows_its_assets(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    known = json.loads(response.content.decode().split(";\n", 1)[0].removeprefix("self.kith="))
    assert known["offline"] == "/offline/"
    assert any(name.endswith("kith.css") for name in known["assets"])
    assert client.get("/offline/").status_code == 200


def test_a_language_is_chosen_for_this_browser(client: Client) -> None:
    response = client.post("/choose/language/", {"language": "zh-CN", "next": "/offline/?a=1"})
    assert response.status_code == 303
    assert response["Location"] == "/offline/?a=1"
    assert response.cookies["kith-language"].value == "zh-hans"
    assert "没有网络连接" in client.get("/offline/").content.decode()


def test_an_unknown_choice_changes_nothing(client: Client) -> None:
    assert "kith-language" not in client.post("/choose/language/", {"language": "tlh", "next": "/"}).cookies
    assert "kith-theme" not in client.post("/choose/theme/", {"theme": "pink", "next": "/"}).cookies


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_choice_leads_to_no_foreign_site(client: Client, target: str) -> None:
    assert client.post("/choose/theme/", {"theme": "dark", "next": target})["Location"] == "/"


def test_a_theme_is_kept_and_shown(client: Client) -> None:
    response = client.post("/choose/theme/", {"theme": "dark", "next": "/offline/"})
    assert response.cookies["kith-theme"]["httponly"]
    assert 'data-theme="dark"' in client.get("/offline/").content.decode()


def test_choices_are_made_by_post_with_a_token_only(settings: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/choose/theme/", {"theme": "dark"})
    assert refused.status_code == 403
    assert "<h1>" in refused.content.decode()
    assert strict.get("/choose/theme/").status_code == 405


def test_the_bell_is_for_those_signed_in(client: Client) -> None:
    assert client.get("/bell/")["Location"].startswith("/sign-in/")


def test_an_address_nobody_has_is_a_full_page(client: Client) -> None:
    response = client.get("/nowhere/", headers={"accept-language": "vi"})
    assert response.status_code == 404
    assert "Không có gì ở địa chỉ này" in response.content.decode()
