"""The form in which news are written: an audience, and a title and text in each language."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.content.news.actions import LONGEST_BODY, LONGEST_TITLE
from kith.content.news.models import News
from kith.content.news.queries import being_written
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.texts import Text
from kith.people.segments.models import Segment
from kith.people.segments.queries import describe

LANGUAGE_LABELS = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}


class SegmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Saved segments by name, each with its rule in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and rule."""
        return f"{obj.name.in_language(get_language() or 'en')} ({describe(rule=obj.rule)})"


class NewsForm(forms.Form):
    """What a communications person writes."""

    segment = SegmentChoice(label=_("Who is to read this"), queryset=Segment.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add title and text in each of our languages."""
        super().__init__(*args, **kwargs)
        segment: Any = self.fields["segment"]
        segment.queryset = Segment.objects.order_by("id")
        for tag in OUR_LANGUAGES:
            label = LANGUAGE_LABELS.get(tag, tag)
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("Title (%s)") % label, max_length=LONGEST_TITLE, required=False,
                widget=forms.TextInput(attrs={"lang": tag}),
            )  # fmt: skip
            self.fields[f"body_{tag}"] = forms.CharField(
                label=_("Text (%s)") % label, max_length=LONGEST_BODY, required=False,
                widget=forms.Textarea(attrs={"rows": 6, "lang": tag}),
            )  # fmt: skip

    def text(self, part: str) -> Text:
        """Return `title` or `body` by language."""
        return Text({tag: self.cleaned_data[f"{part}_{tag}"] for tag in OUR_LANGUAGES})


def initial(news: News) -> dict[str, Any]:
    """Return the values with which the form of an item starts."""
    title, body = being_written(news)
    texts = {f"title_{tag}": words for tag, words in title.items()}
    return {"segment": news.segment_id, **texts, **{f"body_{tag}": words for tag, words in body.items()}}
