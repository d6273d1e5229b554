"""Whom a command means: a personnel or customer number, a sign-in name, or a public id."""

from kith.access.logins.models import Login, username_of
from kith.kernel.refusals import NotFound, Refusal
from kith.people.persons.models import Person
from kith.people.privacy.queries import meant


def one_person(key: str) -> Person:
    """Return the person meant; `NotFound` when nobody is, `Refusal` when it could be several."""
    found = meant(key=key.strip())
    if not found:
        login = Login.objects.select_related("person").filter(username=username_of(key)).first()
        found = [login.person] if login is not None else []
    if not found:
        message = f"Nobody is known as {key[:80]}."
        raise NotFound(message)
    if len(found) > 1:
        ids = ", ".join(str(person.public_id) for person in found)
        message = f"{key[:80]} is the number of {len(found)} people; say which one: {ids}."
        raise Refusal(message)
    return found[0]
