"""Conditions in words: labels of attributes and of the values they are compared with."""

from django.utils.translation import gettext as _

from kith.people.segments.attributes import ATTRIBUTES, attribute_label
from kith.people.segments.predicate import Condition

SHOWN = 5


def value_labels(attribute: str, values: tuple[str, ...]) -> list[str]:
    """Return the labels of values, the value itself where it has none."""
    if attribute not in ATTRIBUTES:
        return list(values)
    known = {choice.value: choice.label for choice in ATTRIBUTES.get(attribute).choices("", 1000)}
    return [known.get(value, value) for value in values]


def condition(asked: Condition) -> str:
    """Return “Country of work: Vietnam or China”, cut after five values."""
    labels = value_labels(asked.attribute, asked.values)
    shown = _(" or ").join(labels[:SHOWN])
    if len(labels) > SHOWN:
        shown = _("%(shown)s and %(more)d more") % {"shown": shown, "more": len(labels) - SHOWN}
    return _("%(attribute)s: %(values)s") % {"attribute": attribute_label(asked.attribute), "values": shown}
