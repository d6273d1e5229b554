"""Input about people and their accounts, made clean."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.access.grants.roles import ROLES
from kith.kernel.languages import OUR_LANGUAGES
from kith.people.organizations.models import Site, Unit
from kith.portal.members import queries
from kith.portal.members.actions import NewPerson, Place
from kith.portal.organization.countries import all_zones
from kith.portal.organization.inputs import LANGUAGE_NAMES

EMPLOYEE, OTHER = "employee", "other"
NEEDED = ("unit", "site", "since")


class UnitField(forms.ModelChoiceField[Unit]):
    """A unit by name and code, indented as deep as it lies in the tree."""

    def label_from_instance(self, obj: Unit) -> str:
        """Return the name in the reader's language."""
        depth = max(obj.path.count("/") - 2, 0)
        return "\u2003" * depth + f"{obj.name.in_language(get_language() or 'en')} ({obj.code})"


class SiteField(forms.ModelChoiceField[Site]):
    """A site by its name."""

    def label_from_instance(self, obj: Site) -> str:
        """Return the name in the reader's language."""
        return str(obj.name.in_language(get_language() or "en"))


def _text(label: Any, *, longest: int, required: bool = False, **attributes: str) -> forms.CharField:
    help_text = attributes.pop("help_text", "")
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text,
        widget=forms.TextInput(attrs=attributes),
    )  # fmt: skip


class PersonForm(forms.Form):
    """Somebody new: who they are, where they work, how they sign in."""

    full_name = _text(gettext_lazy("Full name"), longest=200, required=True, autocomplete="off")
    preferred_name = _text(gettext_lazy("Name to be called by"), longest=100, autocomplete="off")
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[(tag, LANGUAGE_NAMES[tag]) for tag in OUR_LANGUAGES]
    )
    born = forms.DateField(
        label=gettext_lazy("Born"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Shown to nobody until they say so themselves."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What they are to us"),
        choices=[
            (EMPLOYEE, gettext_lazy("An employee")),
            (OTHER, gettext_lazy("Not an employee: an account only")),
        ],
        initial=EMPLOYEE,
        widget=forms.RadioSelect,
    )
    unit = UnitField(label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False)
    site = SiteField(label=gettext_lazy("Site"), queryset=Site.objects.none(), required=False)
    title = _text(gettext_lazy("Job title"), longest=120)
    number = _text(gettext_lazy("Personnel number"), longest=40, autocomplete="off")
    since = forms.DateField(
        label=gettext_lazy("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    mailbox = forms.EmailField(
        label=gettext_lazy("Mailbox"), required=False,
        help_text=gettext_lazy("Leave it empty for who has none: they sign in at a kiosk with number and PIN."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = _text(gettext_lazy("Phone"), longest=32, autocomplete="off", inputmode="tel")
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    lets_in = forms.BooleanField(
        label=gettext_lazy("Let them in at once"), required=False, initial=True,
        help_text=gettext_lazy("By mail with a link to set a password, or with a PIN that you are told once."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, may_give_roles: bool, **kwargs: Any) -> None:
        """Offer the units, sites and zones there are; roles to administrators only."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset, fields["site"].queryset = queries.open_units(), queries.sites()
        zones = [(zone, zone.replace("_", " ")) for zone in all_zones()]
        fields["zone"].choices = [("", _("The site's own")), *zones]
        fields["roles"].choices = [(code, role.label) for code, role in ROLES.items()]
        self.use_required_attribute = False
        if self["kind"].value() == EMPLOYEE:
            for name in NEEDED:
                fields[name].required = True
        if not may_give_roles:
            del fields["roles"]

    def made(self) -> NewPerson:
        """Return what was typed as somebody to add."""
        said = self.cleaned_data
        place = None
        if said["kind"] == EMPLOYEE:
            place = Place(said["unit"], said["site"], said["since"], title=said["title"], number=said["number"])
        return NewPerson(
            full_name=said["full_name"], preferred_name=said["preferred_name"], language=said["language"],
            zone=said["zone"], mailbox=said["mailbox"], phone=said["phone"], born=said["born"], place=place,
            lets_in=said["lets_in"], roles=frozenset(said.get("roles", ())),
        )  # fmt: skip


def first_of(day: date, *, language: str) -> dict[str, Any]:
    """Return what an empty form begins with."""
    return {"since": day.isoformat(), "language": language, "kind": EMPLOYEE, "lets_in": True}


class RoleForm(forms.Form):
    """A role to give, of those not held yet."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, *args: Any, held: Collection[str], **kwargs: Any) -> None:
        """Offer the roles that are not held."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(code, f"{role.label}: {role.opens}") for code, role in ROLES.items() if code not in held]
