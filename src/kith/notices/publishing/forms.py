"""The forms in which a notice is written: languages, severity, times, audience or matter, answers."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import Refusal
from kith.kernel.texts import Text
from kith.notices.matters.queries import choices as matter_choices
from kith.notices.matters.queries import stored
from kith.notices.publishing.actions import MAX_BODY, MAX_TITLE
from kith.notices.publishing.answers import HEADCOUNT
from kith.notices.publishing.models import Category, Certainty, Notice
from kith.notices.publishing.rules import MAX_LABEL, MOST_OPTIONS
from kith.notices.severities import Severity
from kith.people.segments.models import Segment
from kith.people.segments.predicate import parse

LANGUAGE_LABELS = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}
SEVERITY_LABELS = [
    (Severity.NEWS, _("News: read when there is time")),
    (Severity.IMPORTANT, _("Important: read today")),
    (Severity.URGENT, _("Urgent: at once, also at night")),
]
ANSWER_CHOICES = [
    ("", _("No answer beside “I have read and understood this”")),
    ("headcount", _("Head count: I am safe, I need help")),
    ("own", _("Own answers, below")),
]
KIND_LABELS = [("other", _("an answer")), ("safe", _("counts as safe")), ("help", _("counts as needs help"))]
_LOCAL = "%Y-%m-%dT%H:%M"


class SegmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Saved segments by name; the head count beside the field says each one's rule in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.name)


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL),
        input_formats=[_LOCAL, "%Y-%m-%dT%H:%M:%S"],
    )


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 4}))


def _worded(tag: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": tag})


class NoticeForm(forms.Form):
    """What a communications person writes. Times are wall clock in the writer's zone."""

    severity = forms.ChoiceField(label=_("How much may it disturb?"), choices=SEVERITY_LABELS)
    reason = forms.CharField(label=_("Why is it urgent?"), max_length=300, required=False)
    matter = forms.ChoiceField(label=_("What is it about?"), required=False)
    invited = _lines(_("Who was invited"))
    present = _lines(_("Who was there"))
    segment = SegmentChoice(label=_("Who must hear this"), queryset=Segment.objects.none(), required=False)
    needs_acknowledgement = forms.BooleanField(label=_("Everyone acknowledges"), required=False)
    due_at = _moment(_("Until when"))
    expires_at = _moment(_("Holds until"))
    answers = forms.ChoiceField(label=_("What may people answer?"), choices=ANSWER_CHOICES, required=False)
    may_decline = forms.BooleanField(label=_("People may decline, with a reason"), required=False)
    drill = forms.BooleanField(label=_("This is a drill"), required=False)
    category = forms.ChoiceField(label=_("Field"), choices=Category.choices, required=False)
    certainty = forms.ChoiceField(label=_("How sure is it?"), choices=Certainty.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add title, text and answers in each of our languages."""
        super().__init__(*args, **kwargs)
        segment, matter = self.fields["segment"], self.fields["matter"]
        if isinstance(segment, SegmentChoice):
            segment.queryset = Segment.objects.order_by("id")
        if isinstance(matter, forms.ChoiceField):
            matter.choices = [("", _("Not stated: I choose a segment")), *matter_choices()]
        for tag in OUR_LANGUAGES:
            _add_words(self, tag, required=False)
        for number in range(MOST_OPTIONS):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Answer %d is") % (number + 1), choices=KIND_LABELS, required=False
            )
            for tag in OUR_LANGUAGES:
                self.fields[f"option_{number}_{tag}"] = forms.CharField(
                    label=LANGUAGE_LABELS[tag], max_length=MAX_LABEL, required=False, widget=_worded(tag)
                )

    def text(self, part: str) -> Text:
        """Return title or body as typed, by language."""
        return Text({tag: str(self.cleaned_data.get(f"{part}_{tag}") or "") for tag in OUR_LANGUAGES})

    def moment(self, name: str) -> datetime | None:
        """Return a time as an instant."""
        moment: datetime | None = self.cleaned_data[name]
        return moment

    def options(self) -> list[dict[str, Any]]:
        """Return the answers offered."""
        said = self.cleaned_data
        if said.get("answers") == "headcount":
            return HEADCOUNT
        if said.get("answers") != "own":
            return []
        return [
            {
                "kind": said.get(f"kind_{number}") or "other",
                "label": {tag: said.get(f"option_{number}_{tag}") or "" for tag in OUR_LANGUAGES},
            }
            for number in range(MOST_OPTIONS)
        ]

    def stated(self) -> dict[str, Any] | None:
        """Return the matter that was stated."""
        said = self.cleaned_data
        return stored(picked=said.get("matter") or "", invited=said["invited"], present=said["present"])


def _add_words(form: forms.Form, tag: str, *, required: bool) -> None:
    label = LANGUAGE_LABELS.get(tag, tag)
    form.fields[f"title_{tag}"] = forms.CharField(
        label=_("Title (%s)") % label, max_length=MAX_TITLE, required=required, widget=_worded(tag)
    )
    form.fields[f"body_{tag}"] = forms.CharField(
        label=_("Text (%s)") % label,
        max_length=MAX_BODY,
        required=required,
        widget=forms.Textarea(attrs={"rows": 5, "lang": tag}),
    )


def initial(notice: Notice) -> dict[str, Any]:
    """Return the form's initial values for a draft or a published notice."""
    matter = notice.matter or {}
    values: dict[str, Any] = {
        "severity": notice.severity,
        "reason": notice.reason,
        "segment": notice.segment_id,
        "matter": f"{matter['kind']}:{matter['value']}" if matter else "",
        "invited": "\n".join(matter.get("invited", ())),
        "present": "\n".join(matter.get("present", ())),
        "needs_acknowledgement": notice.needs_acknowledgement,
        "due_at": notice.due_at,
        "expires_at": notice.expires_at,
        "answers": "headcount" if notice.options == HEADCOUNT else "own" if notice.options else "",
        "may_decline": notice.may_decline,
        "drill": notice.drill,
        "category": notice.category,
        "certainty": notice.certainty,
    }
    for number, option in enumerate(notice.options):
        values[f"kind_{number}"] = option["kind"]
        values |= {f"option_{number}_{tag}": words for tag, words in option["label"].items()}
    for tag in {*OUR_LANGUAGES, *notice.title}:
        values[f"title_{tag}"], values[f"body_{tag}"] = notice.title.get(tag, ""), notice.body.get(tag, "")
    return values


class AmendForm(forms.Form):
    """The next text of a published notice."""

    editorial = forms.BooleanField(
        label=_("Only a correction of wording: acknowledgements stay valid, a second person must agree"), required=False
    )

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        """Ask for the languages the notice has."""
        super().__init__(*args, **kwargs)
        self.languages = languages
        for tag in languages:
            _add_words(self, tag, required=True)

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
