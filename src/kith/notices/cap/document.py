"""The alert as XML, after OASIS CAP-v1.2 of 1 July 2010, section 3.2: element order, enumerations and date form.

Pure: it takes what it says, asks nobody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
FORBIDDEN = " ,<&"
"""Characters that may not stand in an identifier or sender (section 3.2.1)."""


@dataclass(frozen=True)
class Info:
    """One language of an alert. `instruction` is what the answers offered ask for, "" without."""

    language: str
    category: str
    event: str
    response_type: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime | None
    sender_name: str
    headline: str
    description: str
    instruction: str
    web: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reference:
    """An earlier alert that this one replaces or takes back."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class Alert:
    """An alert. `restriction` says in words for whom it is, as scope Restricted demands; `note` what a drill is for."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: str
    restriction: str
    note: str
    references: tuple[Reference, ...]
    infos: tuple[Info, ...]


def moment(at: datetime) -> str:
    """Return an instant as CAP writes it: whole seconds, UTC as `-00:00` and never as `Z` (section 3.3.2)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")


def document(alert: Alert) -> bytes:
    """Return the alert as UTF-8 XML; `ValueError` for an identifier or sender that CAP does not allow."""
    for name in (alert.identifier, alert.sender):
        if not name or any(character in name for character in FORBIDDEN):
            message = f"{name!r} is no identifier of CAP."
            raise ValueError(message)
    root = ET.Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", moment(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.msg_type)
    _add(root, "scope", "Restricted")
    _add(root, "restriction", alert.restriction)
    _add(root, "note", alert.note)
    earlier = (f"{ref.sender},{ref.identifier},{moment(ref.sent)}" for ref in alert.references)
    _add(root, "references", " ".join(earlier))
    for info in alert.infos:
        _add_info(root, info)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, words: str) -> None:
    if words:
        ET.SubElement(parent, name).text = "".join(c for c in words if c in "\t\n\r" or c >= " ")


def _add_info(root: ET.Element, info: Info) -> None:
    made = ET.SubElement(root, "info")
    _add(made, "language", info.language)
    _add(made, "category", info.category)
    _add(made, "event", info.event)
    _add(made, "responseType", info.response_type)
    _add(made, "urgency", info.urgency)
    _add(made, "severity", info.severity)
    _add(made, "certainty", info.certainty)
    _add(made, "expires", moment(info.expires) if info.expires else "")
    _add(made, "senderName", info.sender_name)
    _add(made, "headline", info.headline)
    _add(made, "description", info.description)
    _add(made, "instruction", info.instruction)
    _add(made, "web", info.web)
    for name, value in info.parameters:
        parameter = ET.SubElement(made, "parameter")
        _add(parameter, "valueName", name)
        _add(parameter, "value", value)
