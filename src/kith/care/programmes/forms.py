"""The form that changes a programme without code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.care.programmes.models import ProgrammeVersion
from kith.kernel.languages import OUR_LANGUAGES
from kith.people.segments.models import Segment

NAMES = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}


class SegmentField(forms.ModelChoiceField[Segment]):
    """Saved segments by name."""

    def label_from_instance(self, obj: Segment) -> str:
        """Return its name."""
        return str(obj.name)


class ProgrammeForm(forms.Form):
    """Hour, audience, budget and the words of the greeting; {name} stands for the person's name."""

    hour = forms.IntegerField(label=_("At this hour, where the person lives"), min_value=0, max_value=23)
    segment = SegmentField(label=_("For whom (empty: as before)"), queryset=Segment.objects.none(), required=False)
    budget = forms.DecimalField(label=_("A gift is worth up to"), min_value=0, max_digits=12, decimal_places=2)
    days = forms.IntegerField(label=_("Days to choose"), min_value=1, max_value=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the greeting in each of our languages."""
        super().__init__(*args, **kwargs)
        field = self.fields["segment"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Segment.objects.order_by("id")
        for tag in OUR_LANGUAGES:
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("Greeting (%s)") % NAMES[tag], max_length=200, widget=forms.TextInput(attrs={"lang": tag})
            )
            self.fields[f"body_{tag}"] = forms.CharField(
                label=_("Text (%s)") % NAMES[tag],
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": tag}),
            )


def initial(version: ProgrammeVersion) -> dict[str, Any]:
    """Return the form's values for a version."""
    values: dict[str, Any] = {"hour": version.hour, "budget": "0", "days": 30}
    for step in version.steps:
        if step["kindness"] == "offer-gift":
            values |= {"budget": step["budget"], "days": step["days"]}
        if step["kindness"] == "greet":
            for tag in OUR_LANGUAGES:
                values[f"title_{tag}"] = step["title"].get(tag, "")
                values[f"body_{tag}"] = step["body"].get(tag, "")
    return values


def changed_steps(steps: list[dict[str, Any]], data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps with what the form says."""
    changed = []
    for step in steps:
        if step["kindness"] == "offer-gift":
            changed.append({**step, "budget": str(data["budget"]), "days": data["days"]})
        elif step["kindness"] == "greet":
            words = {part: {tag: data[f"{part}_{tag}"] for tag in OUR_LANGUAGES} for part in ("title", "body")}
            changed.append({**step, **words})
        else:
            changed.append(step)
    return changed
