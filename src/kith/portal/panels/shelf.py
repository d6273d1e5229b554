"""The shelf of panels: what other capabilities show beside a subject (ratings, open promises)."""

from typing import Protocol

from django.http import HttpRequest

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject


class Panel(Protocol):
    """A panel for some kinds of subject."""

    kinds: tuple[str, ...]

    def render(self, *, request: HttpRequest, subject: Subject) -> str:
        """Return the panel's HTML (from a template), "" where it has nothing to say."""
        ...


PANELS: Registry[Panel] = Registry("portal.panels")


def panels_for(*, request: HttpRequest, subject: Subject) -> list[str]:
    """Return the rendered panels of a subject, in the order of their names."""
    rendered = [panel.render(request=request, subject=subject) for panel in PANELS if subject.kind in panel.kinds]
    return [html for html in rendered if html]
