"""What promises show beside a subject: what is owed about it, and the way to promise or ask for something."""

from django.http import HttpRequest

from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.subjects import Subject
from kith.portal.panels.shelf import PANELS
from kith.portal.shell.render import text_of
from kith.promises.commitments.models import UNSETTLED
from kith.promises.commitments.naming import name_of
from kith.promises.commitments.queries import visible_to
from kith.promises.commitments.showing import shown

SHOWN = 5


class PromisesBeside:
    """Open promises about a subject that the reader may see; employees may make one."""

    kinds: tuple[str, ...] = ("person", "order")

    def render(self, *, request: HttpRequest, subject: Subject) -> str:
        """Return the panel, "" for a stranger, for oneself, and where there is nothing to show or to do."""
        reader: Request = request  # type: ignore[assignment]
        if reader.person is None or subject == Subject("person", reader.person.pk):
            return ""
        at = clock.now()
        seen = visible_to(person=reader.person, roles=reader.roles, at=at).filter(
            state__in=UNSETTLED, about__contains=[str(subject)]
        )
        rows = shown(seen.order_by("due_at", "id")[:SHOWN], person_id=reader.person.pk, at=at)
        if not rows and not reader.employed:
            return ""
        context = {"rows": rows, "now": at, "makes": reader.employed, "name": name_of(subject)}
        return text_of("promises/commitments/panel.html", context)


PANELS.put("promises.about", PromisesBeside())
