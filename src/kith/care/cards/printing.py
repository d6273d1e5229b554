"""A group card on paper, to keep."""

from dataclasses import asdict
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.care.cards.drawing import NAMES, drawn
from kith.care.cards.models import CardKind, GroupCard
from kith.care.cards.queries import signings_of
from kith.kernel.documents.letterhead import Letterhead
from kith.kernel.documents.printing import compile_pdf
from kith.kernel.languages import django_code
from kith.people.ties.queries import placement

TEMPLATE = Path(__file__).with_name("card.typ")


def title_of(card: GroupCard) -> str:
    """Return what stands on the card, in the active language."""
    words = {
        CardKind.BIRTHDAY: _("Happy birthday, %s!"),
        CardKind.ANNIVERSARY: _("Thank you for these years, %s!"),
        CardKind.LEAVING: _("All the best, %s!"),
    }
    return words[CardKind(card.kind)] % card.person.name


def pdf_of(card: GroupCard) -> bytes:
    """Return a delivered card as a PDF in its owner's language; the same bytes every time."""
    language = card.person.language
    place = placement(person_id=card.person_id, day=card.day)
    house = place.tie.organization.name if place else ""
    with override(django_code(language)):
        data = {
            "organization": asdict(Letterhead(name=house or "Kith")),
            "labels": {"page": _("Page {page} of {pages}")},
            "title": title_of(card),
            "kicker": date_format(card.day, "DATE_FORMAT"),
            "signatures": [
                {
                    "words": each.words,
                    "name": each.person.name,
                    "picture": drawn(each.motif, str(NAMES.get(each.motif, ""))) if each.motif else "",
                    "alt": str(NAMES.get(each.motif, each.motif)),
                }
                for each in signings_of(card, hidden=False)
            ],
        }
    at = card.delivered_at or card.due_at
    return compile_pdf(template=TEMPLATE, data=data, language=language, at=at, missing="mark")
