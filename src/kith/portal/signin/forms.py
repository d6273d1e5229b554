"""Input of signing in, made clean. What a browser may fill in or paste is never hindered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.organizations.models import Site
from kith.portal.signin.inputs import secret
from kith.portal.signin.kinds import PASSWORD_LINK, SIGN_IN_LINK


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Mail address or personnel number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = secret(_("Password"), autocomplete="current-password")


class LinkForm(forms.Form):
    """Where to send which link."""

    username = forms.CharField(
        label=_("Mail address or personnel number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    what = forms.ChoiceField(
        label=_("What should the link do?"),
        choices=[(SIGN_IN_LINK, _("Sign me in")), (PASSWORD_LINK, _("Let me set a new password"))],
        initial=SIGN_IN_LINK,
        widget=forms.RadioSelect,
    )


class PinForm(forms.Form):
    """Personnel number and PIN at a kiosk."""

    number = forms.CharField(
        label=_("Personnel number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "autocapitalize": "none"}),
    )
    pin = secret(_("PIN"), autocomplete="off", digits=True)


class ChangePasswordForm(forms.Form):
    """A new password, by someone who knows the present one."""

    current = secret(_("Present password"), autocomplete="current-password")
    password = secret(
        _("New password"),
        autocomplete="new-password",
        help_text=_("At least 10 characters, and not one that many people use. A sentence is a good password."),
    )


class NewPinForm(forms.Form):
    """A new PIN for kiosks."""

    current = secret(_("Present password"), autocomplete="current-password")
    pin = secret(
        _("New PIN"),
        autocomplete="off",
        digits=True,
        help_text=_("6 to 12 digits; no sequence, no pattern, not your number."),
    )

    def __init__(self, *args: Any, at_kiosk: bool = False, **kwargs: Any) -> None:
        """Ask for the present PIN at a kiosk: many who sign in there have no password."""
        super().__init__(*args, **kwargs)
        if at_kiosk:
            self.fields["current"] = secret(_("Present PIN"), autocomplete="off", digits=True)


class SiteField(forms.ModelChoiceField[Site]):
    """Sites by name, in the reader's language."""

    language = "en"

    def label_from_instance(self, obj: Site) -> str:
        """Return name and code."""
        return f"{obj.name.in_language(self.language)} ({obj.code})"


class KioskForm(forms.Form):
    """A device to be registered."""

    name = forms.CharField(
        label=_("Name of this device"), max_length=100, help_text=_("For example: Canteen, left of the door")
    )
    site = SiteField(
        label=_("Site"), queryset=Site.objects.none(), required=False, to_field_name="public_id", empty_label=_("None")
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Offer the sites, named in the reader's language."""
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        if isinstance(site, SiteField):
            site.queryset = Site.objects.order_by("code")
            site.language = language
