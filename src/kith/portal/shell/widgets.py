"""How a Django form's bound field is drawn: its control with our classes and what describes it."""

from dataclasses import dataclass

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox of a group: its control, its label's target, its label."""

    control: SafeString
    target: str
    label: str


@dataclass(frozen=True)
class Drawn:
    """A field ready to be placed. `kind` is `one` (label above), `check` (label behind), `group` or `hidden`."""

    kind: str
    target: str
    control: SafeString
    choices: tuple[Choice, ...]
    help_id: str
    error_id: str
    errors: tuple[str, ...]


def _class_of(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput | CheckboxSelectMultiple):
        return "checkbox"
    if isinstance(widget, RadioSelect):
        return "radio"
    if isinstance(widget, FileInput):
        return "file-input"
    if isinstance(widget, Select):
        return "select"
    return "textarea" if isinstance(widget, Textarea) else "input"


def _choices(bound: BoundField, css: str, describing: str) -> tuple[Choice, ...]:
    made = []
    for each in bound.subwidgets:
        each.data["attrs"]["class"] = css
        if describing:
            each.data["attrs"]["aria-describedby"] = describing
        made.append(Choice(each.tag(), each.id_for_label, str(each.choice_label)))
    return tuple(made)


def draw(bound: BoundField, help_text: str, extra: dict[str, str]) -> Drawn:
    """Draw a bound field. `extra` are attributes of the control; empty ones are left out."""
    target = bound.id_for_label or bound.auto_id or bound.html_name
    errors = tuple(str(error) for error in bound.errors)
    help_id = f"{target}-help" if help_text else ""
    error_id = f"{target}-error" if errors else ""
    describing = " ".join(name for name in (error_id, help_id) if name)
    widget = bound.field.widget
    css = _class_of(widget)
    none = SafeString("")
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return Drawn("group", target, none, _choices(bound, css, describing), help_id, error_id, errors)
    attributes: dict[str, str | bool] = {"class": css, **{name: value for name, value in extra.items() if value}}
    if describing:
        attributes["aria-describedby"] = describing
    if errors:
        attributes["aria-invalid"] = "true"
    control = bound.as_widget(attrs=attributes)
    kind = "hidden" if bound.is_hidden else "check" if isinstance(widget, CheckboxInput) else "one"
    return Drawn(kind, target, control, (), help_id, error_id, errors)
