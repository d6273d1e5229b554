"""Writes of ratings. Who may rate what is decided by whoever calls."""

from datetime import datetime

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.voice.ratings.models import FEWEST, MOST, Rating

LONGEST = 2000


def give(*, subject: Subject, person: Person, stars: int, at: datetime, words: str = "") -> Rating:
    """Rate a subject; a second rating of the same person replaces the first."""
    if stars not in range(FEWEST, MOST + 1):
        raise BadInput(_("Give one to five stars."), field="stars")
    clean = words.strip().replace("\0", "")
    if len(clean) > LONGEST:
        raise BadInput(_("Write at most %d characters.") % LONGEST, field="words")
    rating, _fresh = Rating.objects.update_or_create(
        subject=str(subject), person=person, defaults={"stars": stars, "words": clean, "at": at}
    )
    return rating


def take_back(*, subject: Subject, person: Person) -> None:
    """Forget what a person said of a subject; nothing where they said nothing."""
    Rating.objects.filter(subject=str(subject), person=person).delete()
