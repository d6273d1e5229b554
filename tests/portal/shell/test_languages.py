"""Which language and zone a request is answered in."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from kith.portal.shell.languages import language_for, supported, zone_for
from kith.portal.shell.middleware import LanguageMiddleware


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "en"), ("en-GB", "en"), ("vi-VN", "vi"), ("VI", "vi"), ("zh", "zh-hans"), ("zh-CN", "zh-hans"),
        ("zh_Hans", "zh-hans"), ("zh-Hans-SG", "zh-hans"), ("zh-TW", ""), ("zh-Hant", ""), ("zh-HK", ""),
        ("de", ""), ("", ""), ("*", ""), ("x" * 5000, ""), ("../../etc", ""), ("\x00", ""),
    ],
)  # fmt: skip
def test_the_language_we_have_for_a_wish(code: str, expected: str) -> None:
    assert supported(code) == expected


def request(*, cookie: str = "", session: str = "", accept: str = "") -> tuple[HttpRequest, dict[str, str]]:
    made = RequestFactory().get("/", headers={"accept-language": accept} if accept else {})
    if cookie:
        made.COOKIES["kith-language"] = cookie
    return made, {"language": session} if session else {}


@pytest.mark.parametrize(
    ("cookie", "session", "accept", "expected"),
    [
        ("vi", "zh-Hans", "en", "vi"),
        ("", "zh-Hans", "vi", "zh-hans"),
        ("", "", "de-DE,de;q=0.9,vi;q=0.5,en;q=0.4", "vi"),
        ("", "", "en;q=0.2, zh-CN;q=0.8", "zh-hans"),
        ("", "", "zh-TW,zh;q=0.9", "zh-hans"),
        ("", "", "zh-TW", "en"),
        ("", "", "*", "en"),
        ("", "", "", "en"),
        ("klingon", "", "vi", "vi"),
        ("", "fr", "vi", "vi"),
        ("", "", ";;;,,q=,vi;q=nonsense", "en"),
    ],
)
def test_choice_then_person_then_browser_then_english(cookie: str, session: str, accept: str, expected: str) -> None:
    asked, known = request(cookie=cookie, session=session, accept=accept)
    assert language_for(asked, known) == expected


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "\x00", "x" * 400])
def test_a_zone_nobody_knows_is_the_installations(name: str) -> None:
    assert str(zone_for({"zone": name})) == "UTC"


def test_the_person_s_zone_is_taken() -> None:
    assert str(zone_for({"zone": "Asia/Ho_Chi_Minh"})) == "Asia/Ho_Chi_Minh"


def test_the_answer_is_given_in_language_and_zone_and_says_so() -> None:
    seen = {}

    def view(_request: HttpRequest) -> HttpResponse:
        seen.update(language=translation.get_language(), zone=str(timezone.get_current_timezone()))
        return HttpResponse("ok")

    asked, _ = request(accept="vi")
    asked.session = {"zone": "Asia/Shanghai", "language": "zh-Hans"}  # type: ignore[assignment]
    before = translation.get_language()
    answer = LanguageMiddleware(view)(asked)
    assert seen == {"language": "zh-hans", "zone": "Asia/Shanghai"}
    assert answer["Content-Language"] == "zh-Hans"
    assert {word.strip() for word in answer["Vary"].split(",")} == {"Accept-Language", "Cookie"}
    assert translation.get_language() == before
    assert str(timezone.get_current_timezone()) == "UTC"


def test_nothing_stays_active_after_a_failing_view() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    asked, _ = request(cookie="vi")
    before = translation.get_language()
    with pytest.raises(RuntimeError):
        LanguageMiddleware(view)(asked)
    assert translation.get_language() == before
