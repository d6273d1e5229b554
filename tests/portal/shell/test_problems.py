"""Refusals and errors in the form their reader can use."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.portal.shell import errors, problems
from kith.portal.shell.middleware import RefusalMiddleware

Asking = Callable[..., HttpRequest]
SENTENCE = "Only 2 of <these> are left: ask for 2."


def answer(request: HttpRequest, refusal: Exception) -> HttpResponse | None:
    with translation.override("en"):
        return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, refusal)


def test_a_person_gets_a_page_with_the_sentence(house: None, asking: Asking) -> None:
    response = answer(asking("/store/tea/buy/", name="Minh", method="post"), Refusal(SENTENCE))
    assert response is not None
    html = response.content.decode()
    assert response.status_code == 409
    assert "Only 2 of &lt;these&gt; are left: ask for 2." in html
    assert "<html" in html


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("no"), 409),
        (Refusal("no", status=423), 423),
        (NotAllowed("no"), 403),
        (NotFound("no"), 404),
        (BadInput("no"), 400),
    ],
)
def test_the_status_is_the_refusals(house: None, asking: Asking, refusal: Refusal, status: int) -> None:
    for path in ("/x/", "/api/v1/x"):
        response = answer(asking(path), refusal)
        assert response is not None
        assert response.status_code == status


def test_an_update_in_place_gets_the_sentence_beside_what_was_there(house: None, asking: Asking) -> None:
    response = answer(asking("/store/tea/buy/", name="Minh", method="post", HX_Request="true"), Refusal(SENTENCE))
    assert response is not None
    assert response["HX-Retarget"] == "#refusal"
    assert response["HX-Reswap"] == "innerHTML"
    html = response.content.decode()
    assert "&lt;these&gt;" in html
    assert "<html" not in html


def test_a_program_gets_problem_details(asking: Asking) -> None:
    response = answer(asking("/api/v1/orders", method="post"), BadInput("The day must be a date.", field="day"))
    assert response is not None
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "about:blank", "title": "Bad Request", "status": 400, "detail": "The day must be a date.", "field": "day",
    }  # fmt: skip


def test_the_way_back_is_a_page_of_ours_and_nothing_else(house: None, asking: Asking) -> None:
    def back(referrer: str) -> bool:
        response = answer(asking("/x/", name="Minh", Referer=referrer), Refusal("no"))
        assert response is not None
        return 'href="/leave/?year=2026"' in response.content.decode()

    assert back("http://testserver/leave/?year=2026")
    assert not back("http://evil.example/leave/?year=2026")
    assert not back("javascript:alert(1)")


def test_other_exceptions_are_left_to_django(asking: Asking) -> None:
    assert answer(asking(), ValueError("bug")) is None


PAGES = [(errors.bad_request, 400), (errors.not_allowed, 403), (errors.not_found, 404), (errors.csrf_failed, 403)]


def test_nobody_is_lost_on_an_error_page(house: None, asking: Asking) -> None:
    for view, status in PAGES:
        response = view(asking("/nowhere/", name="Minh"))
        assert response.status_code == status
        assert 'href="/notices/"' in response.content.decode()
        assert view(asking("/api/v1/nowhere"))["Content-Type"] == "application/problem+json"


def test_error_pages_stand_without_the_database(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_request: HttpRequest) -> None:
        raise OperationalError

    monkeypatch.setattr(problems, "build", down)
    for view, status in PAGES:
        response = view(asking("/nowhere/", name="Minh"))
        assert response.status_code == status
        assert "<h1>" in response.content.decode()
        assert 'class="k-place"' not in response.content.decode()


def test_too_much_is_413_with_its_own_sentence(house: None, asking: Asking) -> None:
    response = errors.bad_request(asking(method="post"), RequestDataTooBig("big"))
    assert response.status_code == 413
    assert "larger than we take" in response.content.decode()


def test_500_has_a_page_and_a_last_word_where_even_that_fails(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors.server_error(asking()).status_code == 500
    monkeypatch.setattr(errors, "error_page", lambda *_: 1 / 0)
    response = errors.server_error(asking())
    assert response.status_code == 500
    assert b"Please try again" in response.content
    assert b"Traceback" not in response.content
