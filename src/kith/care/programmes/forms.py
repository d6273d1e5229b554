"""The forms that write a programme without code, drawn from what moments and kindnesses ask to be set."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.care.fields import LONGEST, Field, FieldKind, starting
from kith.care.moments import MOMENTS
from kith.care.programmes.drafting import EVERYONE, Caps, Draft
from kith.care.programmes.models import Period, ProgrammeVersion
from kith.care.programmes.rules import OUTSIDE
from kith.care.programmes.showing import free_days
from kith.kernel.languages import OUR_LANGUAGES
from kith.people.segments.models import Segment
from kith.people.segments.queries import describe

NAMES = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}
PERIODS = {Period.MONTH: _("a month"), Period.QUARTER: _("a quarter"), Period.YEAR: _("a year")}
WORDS = (FieldKind.WORDS, FieldKind.LONG_WORDS)


def words_fields(name: str, label: Any, kind: FieldKind) -> dict[str, forms.Field]:
    """Return a field in each of our languages."""
    found: dict[str, forms.Field] = {}
    for tag in OUR_LANGUAGES:
        long = kind == FieldKind.LONG_WORDS
        found[f"{name}_{tag}"] = forms.CharField(
            label=f"{label} ({NAMES[tag]})",
            max_length=LONGEST[kind],
            widget=forms.Textarea(attrs={"rows": 3, "lang": tag}) if long else forms.TextInput(attrs={"lang": tag}),
        )
    return found


def form_fields(fields: Sequence[Field]) -> dict[str, forms.Field]:
    """Return the form's fields for what shall be set."""
    found: dict[str, forms.Field] = {}
    for each in fields:
        about: dict[str, Any] = {"label": each.label, "help_text": each.help}
        match each.kind:
            case FieldKind.NUMBER:
                found[each.name] = forms.IntegerField(min_value=each.least, max_value=each.most, **about)
            case FieldKind.AMOUNT:
                found[each.name] = forms.DecimalField(min_value=each.least, max_value=each.most, **about)
            case FieldKind.CHOICE:
                choices = list(each.choices())
                may_be_empty = any(value == "" for value, _label in choices)
                found[each.name] = forms.ChoiceField(choices=choices, required=not may_be_empty, **about)
            case FieldKind.YES:
                found[each.name] = forms.BooleanField(required=False, **about)
            case FieldKind.WORDS | FieldKind.LONG_WORDS:
                found |= words_fields(each.name, each.label, each.kind)
    return found


def initial_of(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form begins with: stored values, words split by language."""
    found: dict[str, Any] = {**starting(fields), **values}
    for each in fields:
        if each.kind in WORDS:
            words = found.pop(each.name, "") or {}
            found |= {f"{each.name}_{tag}": words.get(tag, "") for tag in OUR_LANGUAGES}
    return found


def values_of(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed as a moment or kindness knows it, words joined by language."""
    return {
        each.name: {tag: data[f"{each.name}_{tag}"] for tag in OUR_LANGUAGES} if each.kind in WORDS else data[each.name]
        for each in fields
    }


class FieldsForm(forms.Form):
    """A form of what a moment or a kindness asks to be set."""

    def __init__(self, *args: Any, asked: Sequence[Field], values: Mapping[str, Any], **kwargs: Any) -> None:
        """Draw the fields that are asked for, beginning with `values`."""
        super().__init__(*args, **{"initial": initial_of(asked, values), **kwargs})
        self.asked = asked
        self.fields.update(form_fields(asked))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as a moment or kindness knows it."""
        return values_of(self.asked, self.cleaned_data)


class NewForm(forms.Form):
    """A programme's name and moment; the moment stays what it is."""

    moment = forms.ChoiceField(label=_("When"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every moment, and the name in each of our languages."""
        super().__init__(*args, **kwargs)
        field = self.fields["moment"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, str(moment.label)) for code, moment in MOMENTS.items()]
        self.fields.update(words_fields("name", _("Name"), FieldKind.WORDS))


class DraftForm(FieldsForm):
    """For whom, at which hour, how often and how many at once, and what the moment asks."""

    audience = forms.ChoiceField(label=_("For whom"), choices=())
    hour = forms.IntegerField(label=_("At this hour, where the person lives"), min_value=0, max_value=23)
    entry_cap = forms.IntegerField(
        label=_("For one person at most so often (empty: always)"), min_value=1, max_value=100, required=False
    )
    period = forms.ChoiceField(label=_("… in"), choices=PERIODS.items())
    at_once = forms.IntegerField(
        label=_("At most so many people at one time (empty: no limit)"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=_("Others wait their turn, for a week at most."),
    )

    on_free_day = forms.ChoiceField(label=_("When the hour falls on a day off"), choices=())
    leavers_stay = forms.BooleanField(
        label=_("Who leaves the audience stays inside"),
        required=False,
        help_text=_("Otherwise they leave at once. Who refuses, or must be left alone, always does."),
    )

    def __init__(self, *args: Any, version: ProgrammeVersion, **kwargs: Any) -> None:
        """Begin with what the version says."""
        super().__init__(*args, **kwargs)
        self.version = version
        known = {"hour": version.hour, "entry_cap": version.entry_cap, "at_once": version.at_once}
        rests = {"on_free_day": version.on_free_day, "leavers_stay": version.leavers_stay}
        self.initial = {**self.initial, **known, **rests, "audience": "keep", "period": version.period}
        self._offer("audience", [("keep", describe(rule=version.rule)), *self._audiences()])
        self._offer("on_free_day", list(free_days().items()))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _audiences(self) -> list[tuple[str, Any]]:
        shop = self.version.programme.keeper == "shop"
        plain: list[tuple[str, Any]] = [] if shop else [("employees", _("Employees")), ("everyone", _("Everyone"))]
        plain.append(("outside", _("Customers, suppliers, partners and dealers")))
        return plain + [(f"segment:{each.pk}", str(each.name)) for each in Segment.objects.order_by("id")[:200]]

    def _rule(self) -> Any:
        chosen = self.cleaned_data["audience"]
        known = {"keep": self.version.rule, "employees": EVERYONE, "everyone": {"everyone": True}, "outside": OUTSIDE}
        if chosen in known:
            return known[chosen]
        return Segment.objects.get(pk=chosen.removeprefix("segment:")).rule

    @property
    def draft(self) -> Draft:
        """What was typed."""
        data = self.cleaned_data
        caps = Caps(**{name: data[name] for name in ("entry_cap", "period", "at_once", "on_free_day", "leavers_stay")})
        return Draft(rule=self._rule(), hour=data["hour"], settings=self.values, caps=caps)


class WindowForm(forms.Form):
    """How many months a dry run looks ahead, and from which day."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=12)
