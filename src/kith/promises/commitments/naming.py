"""How a page names what a promise is about: by kind and public id, never by a number inside."""

from uuid import UUID

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Described, Subject, describe
from kith.portal.feed.keys import KEYS, public_keys


def name_of(subject: Subject) -> str:
    """Return a subject as addresses name it, `kind:public-id`; "" where it has no public id."""
    key = public_keys([subject]).get(subject)
    return f"{subject.kind}:{key}" if key else ""


def named(words: str, *, person_id: int) -> tuple[Subject, Described]:
    """Return the subject that an address names; `BadInput` where there is none that the reader may know."""
    kind, _colon, key = words.partition(":")
    if kind in KEYS:
        try:
            public_id = UUID(key)
        except ValueError:
            public_id = UUID(int=0)
        found = KEYS.get(kind)._default_manager.filter(public_id=public_id).values_list("pk", flat=True).first()  # noqa: SLF001  (Django's documented model API)
        subject = Subject(kind, found or 0)
        if described := describe(subjects=[subject], person_id=person_id).get(subject):
            return subject, described
    raise BadInput(_("There is nothing here to promise something about."), field="about")
