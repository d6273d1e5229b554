"""Input of campaigns, terms and limits, made clean."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.texts import Text
from kith.people.segments.models import Segment
from kith.people.segments.queries import describe
from kith.promises.finding import PersonField
from kith.voice.campaigns.actions import Question, Wanted
from kith.voice.campaigns.models import Campaign, Terms

LANGUAGE_LABELS = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}
_LOCAL = "%Y-%m-%dT%H:%M"


class SegmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Saved segments by name, each with its rule in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and rule."""
        return f"{obj.name} ({describe(rule=obj.rule)})"


def _instant(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_LOCAL, "%Y-%m-%dT%H:%M:%S"])


class CampaignForm(forms.Form):
    """What is asked, whom, until when, and who answers. Times are wall clock in the writer's zone."""

    segment = SegmentChoice(
        label=_("Whom it asks"),
        queryset=Segment.objects.none(),
        required=False,
        empty_label=_("Everybody who works here"),
    )
    owner = PersonField(label=_("Who answers"), max_length=254, help_text=_("Mailbox or personnel number."))
    opens_at = _instant(_("From"))
    closes_at = _instant(_("Until"))
    budget = forms.DecimalField(
        label=_("Budget"), required=False, min_value=Decimal(0), max_digits=14, decimal_places=2,
        help_text=_("What whoever answers may decide by themselves."),
    )  # fmt: skip
    receipt_days = forms.IntegerField(label=_("Read within, working days"), initial=7, min_value=1, max_value=60)
    answer_days = forms.IntegerField(label=_("Answered within, working days"), initial=90, min_value=1, max_value=260)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add title and question in each of our languages."""
        super().__init__(*args, **kwargs)
        segment = self.fields["segment"]
        if isinstance(segment, SegmentChoice):
            segment.queryset = Segment.objects.order_by("id")
        for tag in OUR_LANGUAGES:
            label = LANGUAGE_LABELS[tag]
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("Title (%s)") % label,
                max_length=150,
                required=False,
                widget=forms.TextInput(attrs={"lang": tag}),
            )
            self.fields[f"question_{tag}"] = forms.CharField(
                label=_("Question (%s)") % label, max_length=2000, required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": tag}),
            )  # fmt: skip

    def _text(self, part: str) -> Text:
        said = {tag: str(self.cleaned_data.get(f"{part}_{tag}") or "").strip() for tag in OUR_LANGUAGES}
        return Text({tag: words for tag, words in said.items() if words})

    def asked(self) -> Question:
        """Return the question as typed."""
        data = self.cleaned_data
        opens: datetime = data["opens_at"]
        return Question(
            title=self._text("title"), question=self._text("question"), owner=data["owner"], opens_at=opens,
            closes_at=data["closes_at"], segment=data["segment"], budget=data["budget"],
        )  # fmt: skip

    def wanted(self, *, house: Terms) -> Wanted:
        """Return the campaign's own terms: its clocks, everything else as in the house."""
        kept = {name: vars(house)[name] for name in vars(Wanted()) if name not in {"receipt_days", "answer_days"}}
        return Wanted(
            receipt_days=self.cleaned_data["receipt_days"], answer_days=self.cleaned_data["answer_days"], **kept
        )


def filled(campaign: Campaign, terms: Terms) -> dict[str, Any]:
    """Return the form's initial values for a campaign."""
    values: dict[str, Any] = {
        "segment": campaign.segment_id,
        "owner": campaign.owner.mailbox or "",
        "opens_at": campaign.opens_at,
        "closes_at": campaign.closes_at,
        "budget": campaign.budget,
        "receipt_days": terms.receipt_days,
        "answer_days": terms.answer_days,
    }
    for tag in OUR_LANGUAGES:
        values[f"title_{tag}"], values[f"question_{tag}"] = campaign.title.get(tag, ""), campaign.question.get(tag, "")
    return values


class TermsForm(forms.Form):
    """The terms of the house."""

    receipt_days = forms.IntegerField(label=_("Read within, working days"), min_value=1, max_value=60)
    answer_days = forms.IntegerField(label=_("Answered within, working days"), min_value=1, max_value=260)
    do_days = forms.IntegerField(
        label=_("Done within, working days, where no day is named"), min_value=1, max_value=780
    )
    staff_amount = forms.DecimalField(
        label=_("What anybody who owes an answer may decide"), min_value=Decimal(0), max_digits=14, decimal_places=2
    )
    manager_amount = forms.DecimalField(
        label=_("What managers may decide"), min_value=Decimal(0), max_digits=14, decimal_places=2
    )
    points = forms.IntegerField(
        label=_("Points for every author of an idea that was put into practice"), min_value=0, max_value=100_000
    )
    done_public = forms.BooleanField(label=_("Show “You said, we did” to visitors, without names"), required=False)

    def wanted(self) -> Wanted:
        """Return the terms as typed."""
        return Wanted(**self.cleaned_data)


class LimitForm(forms.Form):
    """What a person may decide by themselves from a day on."""

    person = PersonField(label=_("Who"), max_length=254, help_text=_("Mailbox or personnel number."))
    amount = forms.DecimalField(label=_("Up to"), min_value=Decimal(0), max_digits=14, decimal_places=2)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
