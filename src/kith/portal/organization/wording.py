"""Words for the parts of a theme: what each colour is for, and what is wrong with a pair that is too faint."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kith.portal.shell.theme import TooFaint
from kith.portal.shell.words import number

COLOUR_WORDS: dict[str, StrOrPromise] = {
    "ground": gettext_lazy("Page"),
    "card": gettext_lazy("Cards"),
    "sunk": gettext_lazy("Sunken parts"),
    "line": gettext_lazy("Hairlines"),
    "edge": gettext_lazy("Borders of fields"),
    "ink": gettext_lazy("Text"),
    "muted": gettext_lazy("Second line"),
    "primary": gettext_lazy("Buttons and links"),
    "on-primary": gettext_lazy("Words on buttons"),
    "accent": gettext_lazy("What is due"),
    "gold": gettext_lazy("Thanks, gifts, points"),
    "info": gettext_lazy("Information"),
    "ok": gettext_lazy("Done"),
    "danger": gettext_lazy("Danger"),
    "on-danger": gettext_lazy("Words on danger"),
}
MODE_WORDS: dict[str, StrOrPromise] = {"light": gettext_lazy("Light"), "dark": gettext_lazy("Dark")}


def faint_sentence(pair: TooFaint) -> str:
    """Say which two colours cannot be told apart, by how much, and what is needed."""
    return _("%(mode)s: “%(front)s” on “%(back)s” has a contrast of %(found)s; it needs %(wanted)s.") % {
        "mode": MODE_WORDS[pair.mode],
        "front": COLOUR_WORDS[pair.foreground],
        "back": COLOUR_WORDS[pair.background],
        "found": number(pair.contrast, 2),
        "wanted": number(pair.wanted, 1),
    }
