"""What a person wants to be reached by, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.consents.actions import SHORTEST_DAY


def _hour(hour: int) -> tuple[str, str]:
    return str(hour), f"{hour:02}:00"


class ReachForm(forms.Form):
    """Hours and channels of one's own."""

    day_begins = forms.TypedChoiceField(
        label=_("Not before"), coerce=int, choices=[_hour(hour) for hour in range(24 - SHORTEST_DAY + 1)]
    )
    day_ends = forms.TypedChoiceField(
        label=_("Not after"), coerce=int, choices=[_hour(hour) for hour in range(SHORTEST_DAY, 25)]
    )
    service = forms.BooleanField(label=_("News and notices by mail as well"), required=False)
    survey = forms.BooleanField(label=_("Surveys by mail as well"), required=False)
    marketing = forms.BooleanField(label=_("Offers by mail as well"), required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was said; the hours must leave room to be reached."""
        said = super().clean() or {}
        begins, ends = said.get("day_begins"), said.get("day_ends")
        if begins is not None and ends is not None and ends - begins < SHORTEST_DAY:
            self.add_error("day_ends", _("Leave at least four hours a day in which you can be reached."))
        return said
