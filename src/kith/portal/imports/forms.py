"""Input about imports made clean: the file, and which column is which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.kernel.imports.fields import Field
from kith.kernel.imports.kinds import ImportKind
from kith.kernel.imports.templates import template_columns

_PREFIX = "column-"


class UploadForm(forms.Form):
    """What is imported, and the file."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"))
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV, XLSX, JSON Lines or Parquet."))

    def __init__(self, *args: object, kinds: Sequence[ImportKind], **kwargs: object) -> None:
        """Offer `kinds`."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in kinds]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Choice:
    """A field of the kind and the column chosen for it; `error` is "" where all is well."""

    name: str
    label: str
    input_name: str
    help: str
    required: bool
    value: str
    error: str = ""


def label_of(field: Field, column: str = "") -> str:
    """Return what people call a field, with the language where `column` is the text of one."""
    label = str(field.label or field.name)
    language = column.partition(".")[2]
    return f"{label} ({language})" if language else label


def choices(kind: ImportKind, chosen: Mapping[str, str]) -> list[Choice]:
    """Return every field with the column that is chosen for it. A text may have one column per language."""
    plain = {name.partition(".")[0]: column for name, column in chosen.items() if "." not in name}
    return [
        Choice(
            name=name,
            label=label_of(field, name),
            input_name=_PREFIX + name,
            help=str(field.help),
            required=field.required and name in {field.name, f"{field.name}.en"},
            value=chosen.get(name, plain.get(field.name, "") if name == f"{field.name}.en" else ""),
        )
        for name, field in template_columns(kind)
    ]


def read_choices(
    kind: ImportKind, posted: Mapping[str, str], columns: Sequence[str]
) -> tuple[dict[str, str], list[Choice]]:
    """Return the columns that were chosen, and every field as it was filled in, with what is wrong."""
    chosen = {choice.name: posted.get(choice.input_name, "") for choice in choices(kind, {})}
    chosen = {name: column for name, column in chosen.items() if column}
    given = {name.partition(".")[0] for name in chosen}
    filled = []
    for choice in choices(kind, chosen):
        error = ""
        if choice.value and choice.value not in columns:
            error = _("The file has no such column.")
        elif choice.required and choice.name.partition(".")[0] not in given:
            error = _("Choose the column of this field: it is needed.")
        filled.append(replace(choice, error=error))
    return chosen, filled
