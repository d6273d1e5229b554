"""What voice shows beside a subject: how it was rated."""

from django.http import HttpRequest

from kith.kernel.subjects import Subject
from kith.portal.panels.shelf import PANELS
from kith.portal.shell.render import text_of
from kith.voice.ratings.queries import standings, visible_to

SHOWN = 5


class Ratings:
    """Stars and words beside what people rate."""

    kinds: tuple[str, ...] = ("idea",)

    def render(self, *, request: HttpRequest, subject: Subject) -> str:
        """Return the average and the newest words, "" where nobody rated or nobody is signed in."""
        person = vars(request).get("person")
        standing = standings(subjects=[subject]).get(subject)
        if standing is None or person is None:
            return ""
        rows = list(visible_to(person_id=person.pk, subject=subject)[:SHOWN])
        return text_of("voice/ratings/panel.html", {"standing": standing, "ratings": rows})


PANELS.put("voice.ratings", Ratings())
