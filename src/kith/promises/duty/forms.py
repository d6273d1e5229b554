"""Input about duties made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.promises.finding import PersonField


class HolderForm(forms.Form):
    """Who is to hold a duty as well, by mailbox or personnel number."""

    person = PersonField(label=_("Mailbox or personnel number"), max_length=254)
