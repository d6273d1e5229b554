"""What a look is called, and what a fact says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.access.looks.models import What
from kith.kernel.facts.declared import FACTS

LOOKED: dict[str, Promise] = {
    What.PROFILE.value: _("Looked at the page in the directory"),
    What.PERSONNEL.value: _("Looked at the page of the HR desk"),
    What.PREVIEW.value: _("Saw what this person sees"),
    What.EXPORT.value: _("Took it out in a file"),
    What.ORDER.value: _("Looked at an order"),
    What.BILL.value: _("Looked at a bill"),
    What.REQUEST.value: _("Looked at a request"),
    What.ERASURE.value: _("Looked at what would be erased"),
}


def sentence_of(kind: str) -> str:
    """Return what a kind of fact means in a sentence: the first line of its declaration; its name where it has none."""
    declared = FACTS.get(kind) if kind in FACTS else None
    return ((declared.cls.__doc__ if declared else None) or kind).strip().splitlines()[0].replace("`", "")
