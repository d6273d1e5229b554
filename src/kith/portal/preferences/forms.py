"""What a person decides, made clean."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.people.persons.models import BirthdayCalendar, BirthdayVisibility, LeapDay

NAMES = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}


class ProfileForm(forms.Form):
    """Name to be called by, language and zone."""

    preferred_name = forms.CharField(label=_("What to call me"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[(tag, NAMES[tag]) for tag in OUR_LANGUAGES])
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in sorted(available_timezones())])


class BirthdayForm(forms.Form):
    """When and how openly to be congratulated; leave day and month empty for not at all."""

    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    calendar = forms.ChoiceField(
        label=_("Calendar"),
        choices=[(BirthdayCalendar.SOLAR, _("Solar")), (BirthdayCalendar.LUNAR, _("Lunar"))],
    )
    visibility = forms.ChoiceField(
        label=_("Who may know"),
        choices=[
            (BirthdayVisibility.NOBODY, _("Nobody")),
            (BirthdayVisibility.TEAM, _("My team")),
            (BirthdayVisibility.ALL, _("Everyone here")),
        ],
    )
    leap_day = forms.ChoiceField(
        label=_("Born on 29 February: in other years celebrate on"),
        choices=[(LeapDay.FEBRUARY_28, _("28 February")), (LeapDay.MARCH_1, _("1 March"))],
    )
