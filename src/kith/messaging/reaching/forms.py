"""What a person wants to be reached by, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.consents.actions import SHORTEST_DAY, Wish
from kith.messaging.consents.models import Every
from kith.messaging.deliveries.classes import DIGESTED

WEEKDAYS = [
    ("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday")), ("4", _("Thursday")), ("5", _("Friday")),
    ("6", _("Saturday")), ("7", _("Sunday")),
]  # fmt: skip
OFTEN = [("", _("At once")), (Every.DAILY.value, _("Once a day")), (Every.WEEKLY.value, _("Once a week"))]


def _hour(hour: int) -> tuple[str, str]:
    return str(hour), f"{hour:02}:00"


class ReachForm(forms.Form):
    """Hours, channels and summaries of one's own."""

    day_begins = forms.TypedChoiceField(
        label=_("Not before"), coerce=int, choices=[_hour(hour) for hour in range(24 - SHORTEST_DAY + 1)]
    )
    day_ends = forms.TypedChoiceField(
        label=_("Not after"), coerce=int, choices=[_hour(hour) for hour in range(SHORTEST_DAY, 25)]
    )
    service = forms.BooleanField(label=_("News and notices by mail as well"), required=False)
    survey = forms.BooleanField(label=_("Surveys by mail as well"), required=False)
    marketing = forms.BooleanField(label=_("Offers by mail as well"), required=False)
    push_first = forms.BooleanField(label=_("On my devices rather than by mail"), required=False)
    digest_service = forms.ChoiceField(label=_("News and notices"), choices=OFTEN, required=False)
    digest_survey = forms.ChoiceField(label=_("Surveys"), choices=OFTEN, required=False)
    digest_marketing = forms.ChoiceField(label=_("Offers"), choices=OFTEN, required=False)
    digest_hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[_hour(hour) for hour in range(24)], required=False
    )
    digest_weekday = forms.TypedChoiceField(label=_("Weekly ones on"), coerce=int, choices=WEEKDAYS, required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was said; the hours must leave room to be reached."""
        said = super().clean() or {}
        begins, ends = said.get("day_begins"), said.get("day_ends")
        if begins is not None and ends is not None and ends - begins < SHORTEST_DAY:
            self.add_error("day_ends", _("Leave at least four hours a day in which you can be reached."))
        return said

    def wish(self) -> Wish:
        """Return how and when the person wants to be reached; the form must be valid."""
        said = self.cleaned_data
        return Wish(
            day_begins=said["day_begins"],
            day_ends=said["day_ends"],
            service_by_mail=said["service"],
            push_first=said["push_first"],
            digest_hour=8 if said["digest_hour"] == "" else said["digest_hour"],
            digest_weekday=said["digest_weekday"] or 1,
        )

    def digests(self) -> dict[str, str]:
        """Return how often each class is told; the form must be valid."""
        return {code.value: self.cleaned_data[f"digest_{code.value}"] for code in DIGESTED}
