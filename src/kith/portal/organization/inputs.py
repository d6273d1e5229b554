"""Input about the organization, made clean."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.portal.organization.capabilities import CAPABILITIES
from kith.portal.organization.countries import all_zones, names
from kith.portal.organization.logos import MOST_BYTES
from kith.portal.organization.wording import COLOUR_WORDS, MODE_WORDS
from kith.portal.shell.theme import COLOURS, RADIUS, Tokens

LANGUAGE_NAMES = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}
_LANGUAGES = [(tag, LANGUAGE_NAMES[tag]) for tag in OUR_LANGUAGES]


class NameForm(forms.Form):
    """The organization's name."""

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=200,
        help_text=_("As people say it. It stands on every page and in every mail."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class LanguagesForm(forms.Form):
    """The languages offered, and the first of them."""

    languages = forms.MultipleChoiceField(
        label=_("Languages you offer"), choices=_LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    first = forms.ChoiceField(
        label=_("The first language"),
        choices=_LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("For those whose browser asks for none of the others. Everyone can choose another at any time."),
    )


class PlaceForm(forms.Form):
    """Country and time zone."""

    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Where the organization has its seat. Currency and holidays follow from it.")
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=[("", _("The country's own")), *((zone, zone.replace("_", " ")) for zone in all_zones())],
        help_text=_("Choose one only where the country has several."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the countries in the reader's language."""
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        if isinstance(country, forms.ChoiceField):
            country.choices = [("", "—"), *names(get_language() or "en")]


class LogoForm(forms.Form):
    """A picture to be made the logo."""

    logo = forms.FileField(
        label=_("Logo"),
        max_length=200,
        help_text=_("PNG, JPEG, WebP or GIF, at most 2 MB. We draw it anew; nothing else of the file is kept."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )

    def data_of(self) -> bytes:
        """Return the bytes sent, one more than is allowed at most."""
        return bytes(self.cleaned_data["logo"].read(MOST_BYTES + 1))


class RoomsForm(forms.Form):
    """Which capabilities are in use."""

    open = forms.MultipleChoiceField(label=_("In use"), required=False, choices=[], widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every capability on the shelf."""
        super().__init__(*args, **kwargs)
        field = self.fields["open"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(code, found.label) for code, found in CAPABILITIES.items()]


class ThemeForm(forms.Form):
    """The tokens of a theme; each colour for light and dark."""

    font = forms.CharField(
        label=_("Font"),
        max_length=60,
        required=False,
        help_text=_("A family that your people's devices have; empty: Be Vietnam Pro, which comes with Kith."),
    )
    radius = forms.IntegerField(label=_("Corners (pixels)"), min_value=0, max_value=24, initial=RADIUS)

    def __init__(self, *args: Any, tokens: Tokens | None = None, **kwargs: Any) -> None:
        """Add a colour field for each token and mode, filled with those of `tokens`."""
        super().__init__(*args, **kwargs)
        own = tokens or Tokens()
        for index, (mode, word) in enumerate(MODE_WORDS.items()):
            values = own.dark if mode == "dark" else own.light
            for name, pair in COLOURS.items():
                self.fields[f"{mode}-{name}"] = forms.RegexField(
                    r"^#[0-9A-Fa-f]{6}$",
                    label=_("%(colour)s (%(mode)s)") % {"colour": COLOUR_WORDS[name], "mode": word},
                    initial=values.get(name, pair[index]).lower(),
                    error_messages={"invalid": _("Write a colour like #1F6B57.")},
                    widget=forms.TextInput(attrs={"type": "color"}),
                )
        self.fields["font"].initial, self.fields["radius"].initial = own.font, own.radius

    def tokens(self) -> Tokens:
        """Return the theme: only the colours that differ from the default."""
        found: dict[str, dict[str, str]] = {}
        for index, mode in enumerate(MODE_WORDS):
            said = {name: str(self.cleaned_data[f"{mode}-{name}"]).upper() for name in COLOURS}
            found[mode] = {name: value for name, value in said.items() if value != COLOURS[name][index]}
        return Tokens(
            light=found["light"],
            dark=found["dark"],
            font=self.cleaned_data["font"].strip(),
            radius=self.cleaned_data["radius"],
        )
