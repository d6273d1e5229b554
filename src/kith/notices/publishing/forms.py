"""The form in which a notice is written: three languages, severity, due time and audience."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import Refusal
from kith.kernel.texts import Text
from kith.notices.publishing.actions import MAX_BODY, MAX_TITLE
from kith.notices.publishing.models import Notice, Severity
from kith.people.segments.models import Segment
from kith.people.segments.predicate import parse
from kith.people.segments.queries import describe

LANGUAGE_LABELS = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}
SEVERITY_LABELS = [
    (Severity.NEWS, _("News: read when there is time")),
    (Severity.IMPORTANT, _("Important: read today")),
    (Severity.URGENT, _("Urgent: at once, also at night")),
]
_LOCAL = "%Y-%m-%dT%H:%M"


class SegmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Saved segments by name, each with its rule in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and rule."""
        return f"{obj.name} ({describe(rule=obj.rule)})"


class NoticeForm(forms.Form):
    """What a communications person writes. Due times are wall clock in the writer's zone."""

    severity = forms.ChoiceField(label=_("How much may it disturb?"), choices=SEVERITY_LABELS)
    reason = forms.CharField(label=_("Why is it urgent?"), max_length=300, required=False)
    segment = SegmentChoice(label=_("Who must hear this"), queryset=Segment.objects.none(), required=False)
    needs_acknowledgement = forms.BooleanField(label=_("Everyone acknowledges"), required=False)
    due_at = forms.DateTimeField(
        label=_("Until when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL),
        input_formats=[_LOCAL, "%Y-%m-%dT%H:%M:%S"],
    )
    drill = forms.BooleanField(label=_("This is a drill"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add title and text in each of our languages."""
        super().__init__(*args, **kwargs)
        segment = self.fields["segment"]
        if isinstance(segment, SegmentChoice):
            segment.queryset = Segment.objects.order_by("id")
        for tag in OUR_LANGUAGES:
            label = LANGUAGE_LABELS[tag]
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("Title (%s)") % label, max_length=MAX_TITLE, required=False, widget=_worded(tag)
            )
            self.fields[f"body_{tag}"] = forms.CharField(
                label=_("Text (%s)") % label,
                max_length=MAX_BODY,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5, "lang": tag}),
            )

    def text(self, part: str) -> Text:
        """Return title or body as typed, by language."""
        return Text({tag: str(self.cleaned_data.get(f"{part}_{tag}") or "") for tag in OUR_LANGUAGES})

    def due(self) -> datetime | None:
        """Return the due time as an instant."""
        due: datetime | None = self.cleaned_data["due_at"]
        return due


def _worded(tag: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": tag})


def initial(notice: Notice) -> dict[str, Any]:
    """Return the form's initial values for a draft or a published notice."""
    values: dict[str, Any] = {
        "severity": notice.severity,
        "reason": notice.reason,
        "segment": notice.segment_id,
        "needs_acknowledgement": notice.needs_acknowledgement,
        "due_at": notice.due_at,
        "drill": notice.drill,
    }
    for tag in OUR_LANGUAGES:
        values[f"title_{tag}"], values[f"body_{tag}"] = notice.title.get(tag, ""), notice.body.get(tag, "")
    return values


class AmendForm(forms.Form):
    """The next text of a published notice."""

    editorial = forms.BooleanField(label=_("Only a correction of wording: acknowledgements stay valid"), required=False)

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        """Ask for the languages the notice has."""
        super().__init__(*args, **kwargs)
        self.languages = languages
        for tag in languages:
            label = LANGUAGE_LABELS.get(tag, tag)
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("Title (%s)") % label, max_length=MAX_TITLE, widget=_worded(tag)
            )
            self.fields[f"body_{tag}"] = forms.CharField(
                label=_("Text (%s)") % label, max_length=MAX_BODY, widget=forms.Textarea(attrs={"rows": 5, "lang": tag})
            )

    def text(self, part: str) -> Text:
        """Return title or body by language."""
        return Text({tag: self.cleaned_data[f"{part}_{tag}"] for tag in self.languages})


def rule_of(posted: str) -> dict[str, Any] | None:
    """Return the rule that a builder posted as JSON, None where there is none; `Refusal` says what is wrong."""
    if not posted.strip():
        return None
    try:
        rule = json.loads(posted)
    except ValueError as error:
        raise Refusal(str(_("This is not a segment.")), field="rule", status=400) from error
    parse(rule)
    return dict(rule)
