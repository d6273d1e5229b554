"""The rules of OASIS CAP-v1.2 (1 July 2010, section 3.2 and appendix A), written out: order, enumerations, dates."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from kith.kernel.texts import Text
from kith.notices.cap.document import NAMESPACE, Alert, document
from kith.notices.cap.queries import alert_of
from kith.notices.publishing import actions
from kith.notices.publishing.models import Category, Certainty, Notice
from kith.notices.severities import Severity
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
ALERT = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code",
         "note", "references", "incidents", "info"]  # fmt: skip
INFO = ["language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
        "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
        "parameter", "resource", "area"]  # fmt: skip
NEEDED_ALERT = {"identifier", "sender", "sent", "status", "msgType", "scope"}
NEEDED_INFO = {"category", "event", "urgency", "severity", "certainty"}
MANY = {"code", "info", "category", "responseType", "eventCode", "parameter", "resource", "area"}
WORDS = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE",
                 "Other"},
    "responseType": {"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"},
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")


def breaches(xml: bytes) -> list[str]:
    """Return what an alert does against the standard."""
    root = ET.fromstring(xml)  # noqa: S314  (our own document)
    found = [] if root.tag == f"{{{NAMESPACE}}}alert" else [f"root {root.tag}"]
    found += _element(root, ALERT, NEEDED_ALERT)
    values = {name(part): part.text or "" for part in root}
    if values.get("scope") == "Restricted" and not values.get("restriction"):
        found.append("Restricted without restriction")
    if values.get("msgType") in {"Update", "Cancel", "Ack", "Error"} and not values.get("references"):
        found.append("no references")
    for reference in values.get("references", "").split():
        parts = reference.split(",")
        if len(parts) != 3 or not MOMENT.fullmatch(parts[2]):
            found.append(f"reference {reference}")
    found += [f"{key} {values[key]}" for key in ("identifier", "sender") if re.search(r"[\s,<&]", values[key])]
    for info in root.findall(f"{{{NAMESPACE}}}info"):
        found += _element(info, INFO, NEEDED_INFO)
    return found


def name(element: ET.Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def _element(parent: ET.Element, order: list[str], needed: set[str]) -> list[str]:
    names = [name(part) for part in parent]
    found = [f"missing {one}" for one in needed - set(names)] + [f"unknown {one}" for one in set(names) - set(order)]
    places = [order.index(one) for one in names if one in order]
    if places != sorted(places):
        found.append(f"order {names}")
    found += [f"twice {one}" for one in set(names) - MANY if names.count(one) > 1]
    for part in parent:
        words = (part.text or "").strip()
        if name(part) in WORDS and words not in WORDS[name(part)]:
            found.append(f"{name(part)} {words}")
        if name(part) in {"sent", "expires", "effective", "onset"} and not MOMENT.fullmatch(words):
            found.append(f"{name(part)} {words}")
    return found


def said(xml: bytes, path: str) -> list[str]:
    root = ET.fromstring(xml)  # noqa: S314  (our own document)
    return [found.text or "" for found in root.findall(path.replace("/", f"/{{{NAMESPACE}}}").lstrip("/"))]


def exported(notice: Notice) -> bytes:
    notice.refresh_from_db()
    return document(alert_of(notice))


def test_every_severity_field_and_certainty_makes_an_alert_by_the_standard() -> None:
    author = people.employee()
    severities = [*Severity]
    for number, category in enumerate(Category):
        given = {
            "category": category, "certainty": [*Certainty][number % 5], "severity": severities[number % 3],
            "drill": True, "expires_at": AT + timedelta(days=2),
        }  # fmt: skip
        assert breaches(exported(make.published(author, **given))) == []


def test_the_check_finds_what_is_wrong() -> None:
    good = exported(make.published(people.employee()))
    assert breaches(good) == []
    for old, new in (
        (b"<status>Actual</status>", b""), (b"Actual", b"Real"), (b"-00:00", b"Z"), (b"<urgency>", b"<hurry>"),
        (b"<restriction>", b"<note>"), (b"Alert</msgType>", b"Update</msgType>"),
    ):  # fmt: skip
        broken = good.replace(old, new, 1).replace(b"</urgency>", b"</hurry>", new.count(b"hurry"))
        broken = broken.replace(b"</restriction>", b"</note>", new.count(b"note"))
        assert breaches(broken) != [], (old, new)


def test_a_drill_is_an_exercise_in_every_language() -> None:
    xml = exported(make.published(people.employee(), drill=True))
    assert said(xml, "/status") == ["Exercise"]
    assert said(xml, "/note") != []
    assert [words.split("3")[0] for words in said(xml, "/info/headline")] == [
        "DRILL: Stop line ", "DIỄN TẬP: Dừng chuyền ", "演习：",
    ]  # fmt: skip
    assert said(xml, "/info/language") == ["en", "vi", "zh-Hans"]
    assert said(exported(make.published(people.employee())), "/status") == ["Actual"]


def test_a_new_version_updates_and_a_withdrawal_cancels_what_went_before() -> None:
    author = people.employee()
    notice = make.published(author)
    first = said(exported(notice), "/identifier")[0]
    actions.amend(
        notice=notice, title=Text({**make.TITLE, "en": "Stop line 4"}), body=make.BODY, editorial=False, by=author,
        at=AT + timedelta(minutes=5),
    )  # fmt: skip
    update = exported(notice)
    assert said(update, "/msgType") == ["Update"]
    assert said(update, "/references")[0].split(",")[1:] == [first, "2026-11-25T03:00:00-00:00"]
    assert breaches(update) == []
    actions.withdraw(notice=notice, by=author, at=AT + timedelta(minutes=9))
    cancel = exported(notice)
    assert said(cancel, "/msgType") == ["Cancel"]
    assert said(cancel, "/sent") == ["2026-11-25T03:09:00-00:00"]
    assert len(said(cancel, "/references")[0].split()) == 2
    assert len({first, said(update, "/identifier")[0], said(cancel, "/identifier")[0]}) == 3
    assert breaches(cancel) == []


def test_an_identifier_that_cap_does_not_allow_is_refused() -> None:
    alert = alert_of(make.published(people.employee()))
    for wrong in ("", "a b", "a,b", "a<b", "a&b"):
        with pytest.raises(ValueError, match="no identifier"):
            document(Alert(**{**vars(alert), "identifier": wrong}))


def test_recipients_and_writers_read_it_nobody_else() -> None:
    plant = make.plant()
    notice = make.published(plant.author, rule={"attribute": "language", "is": ["vi"]})
    url = f"/notices/{notice.public_id}/cap.xml"
    writer = signed_in(plant.author, "communications")
    for reader in (writer, access.client(plant.workers[0])):
        answer = reader.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/cap+xml")
        assert breaches(answer.content) == []
    stranger = access.client(plant.manager)
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"/notices/{notice.public_id}/").status_code == 404
    draft = make.draft(plant.author)
    assert writer.get(f"/notices/{draft.public_id}/cap.xml").status_code == 404
