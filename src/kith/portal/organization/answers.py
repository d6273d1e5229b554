"""What the screens of the organization share: who may open them, and refusals shown in their form."""

from collections.abc import Callable
from typing import Any

from django import forms

from kith.access.policies import has_role
from kith.kernel.refusals import Refusal
from kith.portal.organization.capabilities import STARTER_SETS

administrators = has_role("administrator")


def saved_or_refused(form: forms.Form, save: Callable[[Any], object]) -> bool:
    """Save a valid form; a refusal stands in it afterwards, with everything typed. Return whether it was saved."""
    if not form.is_valid():
        return False
    try:
        save(form)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    return True


def starter_sets() -> list[tuple[str, str]]:
    """Return (code, label) of the kinds of organization, in their order."""
    found = sorted(STARTER_SETS.items(), key=lambda pair: pair[1].order)
    return [(code, str(each.label)) for code, each in found]
