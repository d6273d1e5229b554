"""What every document needs of the organization it speaks for, and a captioned value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and foot of a document.

    `lines` are address and legal texts for the foot. `logo` is an SVG text. `colours` may have `primary`, `ink`
    and `muted` as `#RRGGBB`; whatever is missing or malformed takes the default theme's value.
    """

    name: str
    lines: Sequence[str] = ()
    logo: str | None = None
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A value with its caption, both finished texts in the reader's language."""

    label: str
    value: str
