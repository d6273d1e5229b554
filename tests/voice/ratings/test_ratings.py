from decimal import Decimal

import pytest
from django.test import RequestFactory

from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.voice.panels import Ratings
from kith.voice.ratings import actions, queries
from kith.voice.ratings.models import Rating
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db
IDEA, OTHER = Subject("idea", 7), Subject("idea", 8)


def test_the_last_rating_of_a_person_counts_and_the_average_has_one_decimal() -> None:
    lan, minh, mai = (people.employee(name) for name in ("Lan", "Minh", "Mai"))
    actions.give(subject=IDEA, person=lan, stars=1, at=AT)
    for person, stars in ((lan, 5), (minh, 4), (mai, 4)):
        actions.give(subject=IDEA, person=person, stars=stars, words=" Good. ", at=AT)
    assert queries.standings(subjects=[IDEA, OTHER]) == {IDEA: queries.Standing(3, Decimal("4.3"))}
    assert {rating.words for rating in Rating.objects.all()} == {"Good."}


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_only_one_to_five_stars(stars: int) -> None:
    with pytest.raises(BadInput):
        actions.give(subject=IDEA, person=people.employee(), stars=stars, at=AT)


def test_visitors_see_no_ratings_and_an_unrated_subject_has_no_panel() -> None:
    lan = people.employee("Lan")
    actions.give(subject=IDEA, person=lan, stars=5, words="Thank you.", at=AT)
    request = RequestFactory().get("/")
    vars(request)["person"] = None
    assert Ratings().render(request=request, subject=IDEA) == ""
    vars(request)["person"] = lan
    assert "Thank you." in Ratings().render(request=request, subject=IDEA)
    assert Ratings().render(request=request, subject=OTHER) == ""
    assert not queries.visible_to(person_id=None, subject=IDEA).exists()
