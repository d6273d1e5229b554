"""Input of service requests, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.support.requests.models import Topic

TOPICS = [
    (Topic.ORDER, _("An order")),
    (Topic.BILL, _("A bill or payment")),
    (Topic.PRODUCT, _("A product")),
    (Topic.ACCOUNT, _("My account")),
    (Topic.OTHER, _("Something else")),
]


class SayingForm(forms.Form):
    """Something to say."""

    text = forms.CharField(label=_("Your words"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))


class AskForm(SayingForm):
    """What somebody needs."""

    topic = forms.ChoiceField(label=_("About"), choices=TOPICS)
    title = forms.CharField(label=_("In one line"), max_length=150)

    field_order = ("topic", "title", "text")
