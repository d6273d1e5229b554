"""Input of the set-up, made clean. The organization's own forms are those of its administration."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.access.grants.roles import ADMINISTRATOR, ROLES
from kith.portal.organization.countries import all_zones, names
from kith.portal.signin.inputs import secret

CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"
_CODE_HELP = _("A short name that never changes; files you import use it.")


def _code(label: Any) -> forms.RegexField:
    return forms.RegexField(
        CODE,
        label=label,
        max_length=40,
        help_text=_CODE_HELP,
        error_messages={"invalid": _("Use letters, digits, points and hyphens, at most 40.")},
    )


class AdministratorForm(forms.Form):
    """The first administrator."""

    full_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Mail address or personnel number"),
        max_length=254,
        help_text=_("With this you sign in."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    mailbox = forms.EmailField(
        label=_("Mail address, if you sign in by number"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = secret(
        _("Password"),
        autocomplete="new-password",
        help_text=_("At least 10 characters, and not one that many people use. A sentence is a good password."),
    )
    roles = forms.MultipleChoiceField(
        label=_("What else you look after"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In a small organization one person is often all of this. You can hand it on later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every role but that of administrator, which is given anyhow."""
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        if isinstance(roles, forms.MultipleChoiceField):
            roles.choices = [(code, role.label) for code, role in ROLES.items() if code != ADMINISTRATOR]


class PlacesForm(forms.Form):
    """The first legal entity, unit and site, and when people work there."""

    entity = forms.CharField(
        label=_("Legal entity"), max_length=200, help_text=_("Who employs people, as in the register of companies.")
    )
    unit = forms.CharField(label=_("First unit"), max_length=200, help_text=_("The top of your departments."))
    unit_code = _code(_("Code of the unit"))
    site = forms.CharField(label=_("First site"), max_length=200, help_text=_("A place where people work."))
    site_code = _code(_("Code of the site"))
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    country = forms.ChoiceField(label=_("Country"), help_text=_("Its public holidays are taken for the calendar."))
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(z, z.replace("_", " ")) for z in all_zones()])
    days = forms.TypedMultipleChoiceField(
        label=_("Working days"), coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(label=_("Work begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Work ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the countries in the reader's language."""
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        if isinstance(country, forms.ChoiceField):
            country.choices = list(names(get_language() or "en"))
