"""The environment of all templates: strict, escaped, translated, with the components as the global `ui`."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from kith.portal.shell import charts, widgets, words
from kith.portal.shell.current import csrf_field
from kith.portal.shell.frame import identity
from kith.portal.shell.parts import frame_part
from kith.portal.shell.theme import Tokens, palette

PARTS = ("words", "layout", "cards", "tables", "actions", "forms", "fields", "charts", "frame")
_ICON_SIZES = {"s": " k-icon-s", "m": "", "l": " k-icon-l", "xl": " k-icon-xl"}
_ICONS: dict[str, Markup] = {
    name: Markup(inside)  # noqa: S704  (our own file, made from Lucide by frontend/build.py)
    for name, inside in json.loads(Path(__file__).with_name("icons.json").read_text()).items()
}


@dataclass(frozen=True)
class Column:
    """A head cell of a table."""

    label: str
    sort_url: str
    sorted: str
    align: str
    hidden_label: bool


def column(
    label: str, *, sort_url: str = "", sorted: str = "", align: str = "start", hidden_label: bool = False  # noqa: A002  (the word of ARIA)
) -> Column:  # fmt: skip
    """Describe a head cell; `sorted` is "", "ascending" or "descending", `align` "start" or "end"."""
    return Column(label, sort_url, sorted, align, hidden_label)


def icon(name: str, label: str = "", size: str = "m") -> Markup:
    """Return a Lucide icon as inline SVG; without `label` it is decoration. An unknown name is a `LookupError`."""
    if label:
        return _drawn(name, Markup(' role="img" aria-label="{}"').format(label), size)
    return _decoration(name, size)


@cache
def _decoration(name: str, size: str) -> Markup:
    """Draw each icon once a process: a page shows up to a hundred."""
    return _drawn(name, Markup(' aria-hidden="true"'), size)


def _drawn(name: str, said: Markup, size: str) -> Markup:
    try:
        inside = _ICONS[name]
    except KeyError:
        message = f"There is no icon {name!r}: add it to frontend/icons.txt and run `python frontend/build.py --icons`."
        raise LookupError(message) from None
    return Markup(
        '<svg class="k-icon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round"{}>{}</svg>'
    ).format(_ICON_SIZES[size], said, inside)


class Components:
    """The macros of some templates, and the few components that are functions."""

    def __init__(self, **functions: Callable[..., object]) -> None:
        """Begin with the functions; `load` brings the macros."""
        vars(self).update(functions)

    def load(self, environment: Environment, templates: Iterable[str]) -> None:
        """Bring every public macro of `templates`; two macros of one name are a programming error."""
        for template in templates:
            module = environment.get_template(template).module
            for name, macro in vars(module).items():
                if not isinstance(macro, Macro) or name.startswith("_"):
                    continue
                if name in vars(self):
                    message = f"Two components are called {name!r}."
                    raise ValueError(message)
                setattr(self, name, macro)


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named route."""
    return reverse(name, args=args, kwargs=kwargs)


def _attributes(**values: str | bool | int | None) -> Markup:
    """Return HTML attributes; `None`, `False` and "" are left out, `_` becomes `-`, `True` has no value."""
    parts = []
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        key = name.strip("_").replace("_", "-")
        parts.append(f" {key}" if value is True else f' {key}="{escape(value)}"')
    return Markup("".join(parts))  # noqa: S704  (every value is escaped a line above)


def _escapes(template: str | None) -> bool:
    """Whether a template is HTML; the plain text of a mail (`.txt`) is the only one that is not."""
    return not (template or "").endswith(".txt")


def _mail_colours(mode: str = "light") -> dict[str, str]:
    """Return the organization's colours for mails, which know no stylesheet."""
    return palette(identity().tokens or Tokens(), mode)


def environment(**options: Any) -> Environment:
    """Return Kith's Jinja2 environment; Django's backend hands in the loader and the rest."""
    made = Environment(  # noqa: S701  (everything but plain text is escaped)
        **{
            **options,
            "autoescape": _escapes,
            "undefined": StrictUndefined,
            "extensions": [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    made.filters.update(
        money=words.money,
        when=words.when,
        day=words.day,
        short_day=words.short_day,
        clock=words.clock,
        text=words.text,
        initials=words.initials,
        number=words.number,
        hue=words.hue,
    )
    ui, mail = Components(icon=icon, column=column), Components()
    made.globals.update(
        ui=ui,
        mail=mail,
        mail_colours=_mail_colours,
        static=static,
        url=_url,
        csrf_field=csrf_field,
        frame_part=frame_part,
        attrs=_attributes,
        draw_field=widgets.draw,
        draw_bars=charts.bars,
        draw_line=charts.line,
        draw_spark=charts.spark,
        due_words=words.due,
        zone_name=words.zone_name,
    )
    ui.load(made, (f"portal/components/{part}.html" for part in PARTS))
    mail.load(made, ("mail/parts.html",))
    return made
