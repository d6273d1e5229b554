"""Attaching files to an idea, and letting them go."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel import store
from kith.kernel.refusals import NotAllowed, Refusal
from kith.kernel.uploads import Made
from kith.people.persons.models import Person
from kith.voice.ideas.models import Attachment, Idea
from kith.voice.ideas.rules import may_attach

MOST = 5


def attach(*, idea: Idea, by: Person, made: Made, at: datetime) -> Attachment:
    """Attach a file to one's own open idea, at most five; the same bytes a second time change nothing."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        if not may_attach(person_id=by.pk, idea=kept):
            raise NotAllowed(_("The author attaches files, until the idea is answered."))
        same = Attachment.objects.filter(idea=kept, sha256=made.sha256).first()
        if same is not None:
            return same
        if Attachment.objects.filter(idea=kept).count() >= MOST:
            raise Refusal(_("An idea carries at most five files."), field="file")
        with store.stored([made], folder="ideas") as (name,):
            return Attachment.objects.create(
                idea=kept, added_by=by, kind=made.kind, name=made.name, stored=name, size=len(made.data),
                sha256=made.sha256, at=at,
            )  # fmt: skip


def let_go(attachments: Collection[Attachment]) -> int:
    """Delete files, the bytes after the commit; return how many."""
    gone, _by_model = Attachment.objects.filter(pk__in=[attachment.pk for attachment in attachments]).delete()
    store.let_go(attachment.stored for attachment in attachments)
    return gone
