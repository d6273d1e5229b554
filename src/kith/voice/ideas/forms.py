"""Input of ideas, made clean."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.persons.models import Person
from kith.promises.finding import PersonField
from kith.voice.campaigns.models import Campaign
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.models import Category, IdeaState, Visibility
from kith.voice.ideas.words import CATEGORIES, REASONS, WHO_READS


class IdeaForm(forms.Form):
    """An idea in a few words; the title asks for similar ones while it is typed."""

    title = forms.CharField(
        label=_("In one line"),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "hx-get": "/ideas/similar/",
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#similar",
                "hx-swap": "innerHTML",
                "autocomplete": "off",
            }
        ),
    )
    text = forms.CharField(
        label=_("What should be different, and why?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    category = forms.ChoiceField(label=_("About"), choices=CATEGORIES, initial=Category.OTHER, required=False)
    visibility = forms.ChoiceField(label=_("Who reads it"), choices=WHO_READS, initial=Visibility.ALL, required=False)

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        """Offer the campaign's segment only where there is one."""
        super().__init__(*args, **kwargs)
        if campaign is None or campaign.segment_id is None:
            reads: Any = self.fields["visibility"]
            reads.choices = [choice for choice in WHO_READS if choice[0] != Visibility.SEGMENT]

    @property
    def chosen(self) -> Category:
        """The category, "something else" where none was chosen."""
        return Category(self.cleaned_data["category"] or Category.OTHER)

    @property
    def shown_to(self) -> Visibility:
        """Who reads it, everybody where nothing was chosen."""
        return Visibility(self.cleaned_data["visibility"] or Visibility.ALL)


class AnswerForm(forms.Form):
    """Yes, planned, done, an explanation, or a no with its reason and what it would cost."""

    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (IdeaState.ACCEPTED, _("Yes, we will do it")),
            (IdeaState.PLANNED, _("Yes, it is planned for a day")),
            (IdeaState.DONE, _("It is done")),
            (IdeaState.ANSWERED, _("An answer; nothing has to change")),
            (IdeaState.DECLINED, _("No")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Your words to the author"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    reason = forms.ChoiceField(label=_("If no: why"), required=False, choices=[("", "—"), *REASONS])
    cost = forms.DecimalField(
        label=_("What doing it would cost"), required=False, min_value=Decimal(0), max_digits=14, decimal_places=2,
        help_text=_("Needed for a no: only who could have said yes says no. 0 if it costs nothing."),
    )  # fmt: skip
    doer = PersonField(
        label=_("If yes: who does it"), required=False, max_length=254,
        help_text=_("Mailbox or personnel number; empty: you."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until when"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Needed for a plan."),
    )  # fmt: skip

    def said(self) -> Answer:
        """Return the answer as typed."""
        data = self.cleaned_data
        doer: Person | None = data["doer"]
        until: date | None = data["until"]
        return Answer(
            state=IdeaState(data["state"]), text=data["text"], reason=data["reason"], cost=data["cost"], doer=doer,
            until=until,
        )  # fmt: skip


class DoneForm(forms.Form):
    """What is different now."""

    outcome = forms.CharField(
        label=_("What is different now?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    link = forms.CharField(
        label=_("Page that changed"), required=False, max_length=200,
        help_text=_("Its address here, such as /news/ or /answers/…"),
    )  # fmt: skip


class AnewForm(forms.Form):
    """Why it cannot be done."""

    reason = forms.CharField(
        label=_("Why can it not be done?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class RatingForm(forms.Form):
    """The author's rating of the answer."""

    understood = forms.ChoiceField(
        label=_("Is this an answer for you?"),
        choices=[("yes", _("Yes, I understand it")), ("no", _("No, please answer again"))],
        widget=forms.RadioSelect,
    )
    stars = forms.TypedChoiceField(
        label=_("How good is it?"),
        choices=[("", "—"), *((str(n), "★" * n) for n in range(5, 0, -1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(
        label=_("What do you want to say about it?"),
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
