"""Input of ideas, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.voice.ideas.models import Category, IdeaState, Reason

CATEGORIES = [
    (Category.SAFETY, _("Safety")),
    (Category.QUALITY, _("Quality")),
    (Category.WORKDAY, _("Our working day")),
    (Category.COSTS, _("Less waste, lower costs")),
    (Category.PRODUCTS, _("Products and customers")),
    (Category.OTHER, _("Something else")),
]


class IdeaForm(forms.Form):
    """An idea in a few words."""

    title = forms.CharField(label=_("In one line"), max_length=150)
    text = forms.CharField(
        label=_("What should be different, and why?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    category = forms.ChoiceField(label=_("About"), choices=CATEGORIES, initial=Category.OTHER, required=False)

    @property
    def chosen(self) -> Category:
        """The category, "something else" where none was chosen."""
        return Category(self.cleaned_data["category"] or Category.OTHER)


class AnswerForm(forms.Form):
    """Yes, done, or no with a reason."""

    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (IdeaState.ACCEPTED, _("Yes, we will do it")),
            (IdeaState.DONE, _("It is done")),
            (IdeaState.DECLINED, _("No")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("If no: why"),
        required=False,
        choices=[
            ("", "—"),
            (Reason.COST, _("It costs more than it brings")),
            (Reason.EXISTS, _("We have it already")),
            (Reason.SAFETY, _("Safety")),
            (Reason.RULES, _("Law or rules")),
            (Reason.OTHER, _("Something else")),
        ],
    )
    text = forms.CharField(
        label=_("Your words to the author"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
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
