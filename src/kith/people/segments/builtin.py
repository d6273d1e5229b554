"""The attributes that people itself puts on the shelf."""

from collections.abc import Callable, Iterable, Sequence

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.kernel.folding import fold
from kith.people.calendars.models import Shift
from kith.people.organizations.models import Organization, OrganizationKind, Site, Unit
from kith.people.segments.attributes import ATTRIBUTES, Attribute, Choice, Source
from kith.people.ties.models import TieKind

LANGUAGE_NAMES = {
    "en": "English",
    "vi": "Tiếng Việt",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "de": "Deutsch",
    "pt-BR": "Português",
}
KIND_LABELS = {
    TieKind.EMPLOYEE: _("Employee"),
    TieKind.CUSTOMER: _("Customer"),
    TieKind.SUPPLIER: _("Supplier"),
    TieKind.PARTNER: _("Partner"),
    TieKind.DEALER: _("Dealer"),
    TieKind.CANDIDATE: _("Candidate"),
}


def _matching(pairs: Iterable[tuple[str, str]], query: str, limit: int) -> list[Choice]:
    wanted = fold(query)
    return [Choice(value, label) for value, label in pairs if wanted in fold(f"{label} {value}")][:limit]


def _language() -> str:
    return get_language() or "en"


def _countries(query: str, limit: int) -> Sequence[Choice]:
    used = sorted(set(Site.objects.values_list("country", flat=True)))
    names = Locale.parse(_language().replace("-", "_"), sep="_").territories
    return _matching(((code, names.get(code, code)) for code in used), query, limit)


def _units(query: str, limit: int) -> Sequence[Choice]:
    units = Unit.objects.filter(closed_on__isnull=True).order_by("path")
    return _matching(((unit.path, unit.name.in_language(_language())) for unit in units), query, limit)


def _named(model: type[Site] | type[Shift]) -> Callable[[str, int], Sequence[Choice]]:
    def choices(query: str, limit: int) -> Sequence[Choice]:
        rows = model.objects.order_by("code").values_list("code", "name")
        return _matching(((code, name.in_language(_language())) for code, name in rows), query, limit)

    return choices


def _organizations(query: str, limit: int) -> Sequence[Choice]:
    rows = Organization.objects.filter(kind=OrganizationKind.OURS).order_by("name").values_list("id", "name")
    return _matching(((str(key), name) for key, name in rows), query, limit)


def _languages(query: str, limit: int) -> Sequence[Choice]:
    return _matching(LANGUAGE_NAMES.items(), query, limit)


def _kinds(query: str, limit: int) -> Sequence[Choice]:
    return _matching(((kind.value, str(label)) for kind, label in KIND_LABELS.items()), query, limit)


def _yes_no(query: str, limit: int) -> Sequence[Choice]:
    return _matching((("yes", str(_("Yes"))), ("no", str(_("No")))), query, limit)


def _free(query: str, limit: int) -> Sequence[Choice]:
    return [Choice(query, query)][:limit] if query else []


for _attribute in (
    Attribute("tie", _("Relation"), Source.TIE, "t.kind", _kinds),
    Attribute("company", _("Legal entity"), Source.TIE, "t.organization_id::text", _organizations),
    Attribute("country", _("Country of work"), Source.PLACE, "s.country", _countries),
    Attribute("site", _("Site"), Source.PLACE, "s.code", _named(Site)),
    Attribute("unit", _("Unit and all below"), Source.PLACE, "u.path", _units, pattern=True),
    Attribute(
        "shift",
        _("Shift"),
        Source.PLACE,
        "h.code",
        _named(Shift),
    ),
    Attribute("title", _("Job title"), Source.PLACE, "a.title", _free),
    Attribute("language", _("Language"), Source.PERSON, "p.language", _languages),
    Attribute("mailbox", _("Has a mailbox"), Source.PERSON, "p.mailbox <> ''", _yes_no, boolean=True),
    Attribute("person", _("Named person"), Source.PERSON, "p.public_id::text", _free),
    Attribute(
        "manager",
        _("Leads a unit"),
        Source.PERSON,
        "EXISTS (SELECT 1 FROM people_unit m WHERE m.manager_id = p.id AND m.closed_on IS NULL)",
        _yes_no,
        boolean=True,
    ),
):
    ATTRIBUTES.put(_attribute.name, _attribute)
