"""What is typed to add a webhook, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.webhooks.queries import known_kinds


class EndpointForm(forms.Form):
    """A name, an address, and the kinds of facts (none chosen: all)."""

    label = forms.CharField(label=_("Name"), max_length=100, help_text=_("For you: which system listens there."))
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Begins with https://; facts are sent there by POST."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which facts"), required=False, help_text=_("Choose none to send all of them.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer every kind of fact there is."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kinds"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(kind, kind) for kind in known_kinds()]
