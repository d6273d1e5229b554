"""What the one search finds of conversations: posts, by those who may read them."""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described
from kith.kernel.texts import Text
from kith.messaging.conversations.jobs import KIND
from kith.messaging.conversations.models import Conversation, Handover, Kind, Member, Post, PostKind, Report
from kith.messaging.conversations.queries import CONVERSATION, HANDOVER, REPORT, helped_by
from kith.people.ties.queries import is_employee
from kith.portal.search.sources import SOURCES, Indexed


def _mine(person_id: int) -> Q:
    """Return the condition that a post stands in one of a person's conversations, within their time there."""
    inside = Member.objects.filter(
        conversation=OuterRef("conversation_id"), person_id=person_id, left_at=None, since_seq__lt=OuterRef("seq")
    )
    mine = Q(Exists(inside))
    employed = is_employee(person_id=person_id, day=clock.now().date())
    return mine if employed else mine & Q(conversation__kind=Kind.DUTY)


class PostSearch:
    """Posts as the search sees them."""

    kind = KIND
    label = _("Messages")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield posts that hold words."""
        rows = Post.objects.exclude(kind=PostKind.EVENT).filter(withdrawn_at=None).exclude(text="").order_by("pk")
        rows = rows if ids is None else rows.filter(pk__in=ids)
        titled = rows.values_list("pk", "conversation__title", "text")
        for key, title, text in titled.iterator(chunk_size=1000):
            yield Indexed(subject_id=key, title=Text(en=title), body=Text(en=text))

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int] | None:
        """Return None: posts are described to those who may read them, and to nobody else."""
        del person_id, ids
        return None


class Posts:
    """Posts as subjects: the beginning of their words, and where they stand."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return label and address of the person's own."""
        if person_id is None:
            return {}
        rows = Post.objects.filter(_mine(person_id), pk__in=ids, withdrawn_at=None).exclude(kind=PostKind.EVENT)
        found = rows.values_list("pk", "text", "author__full_name", "conversation__public_id", "seq")
        return {
            key: Described(f"{name}: {text[:120]}", f"/messages/{public_id}/?at={seq}#p{seq}")
            for key, text, name, public_id, seq in found
        }


class Conversations:
    """Conversations as subjects, for those who are in them and for whoever owes an answer there."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return subject and address; a question to a function is described to its asker and to who may owe it."""
        if person_id is None:
            return {}
        inside = Member.objects.filter(conversation=OuterRef("pk"), person_id=person_id, left_at=None)
        owed = Q(kind=Kind.DUTY, pk__in=helped_by(person_id=person_id, kind=CONVERSATION))
        rows = Conversation.objects.filter(Q(Exists(inside)) | owed, pk__in=ids)
        return {row.pk: Described(row.title or str(_("Conversation")), f"/messages/{row.public_id}/") for row in rows}


class Handovers:
    """Notes for the next shift as subjects."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return the conversation's subject and the note's address, for its members and who owes its reading."""
        if person_id is None:
            return {}
        inside = Member.objects.filter(
            conversation=OuterRef("post__conversation_id"), person_id=person_id, left_at=None
        )
        rows = Handover.objects.filter(Q(Exists(inside)), pk__in=ids).select_related("post__conversation")
        return {
            row.pk: Described(
                row.post.conversation.title, f"/messages/{row.post.conversation.public_id}/?at={row.post.seq}"
            )
            for row in rows
        }


class Reports:
    """Reports as subjects: seen by who reported and by who decides."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return a label without any words, and the address of the log or the desk."""
        if person_id is None:
            return {}
        owed = helped_by(person_id=person_id, kind=REPORT)
        decided = Q(author_id=person_id, decided_at__isnull=False)
        rows = Report.objects.filter(Q(by_id=person_id) | Q(pk__in=owed) | decided, pk__in=ids)
        return {
            key: Described(
                str(_("Reported message")), f"/desk/moderation/{public_id}/" if key in owed else "/messages/moderation/"
            )
            for key, public_id in rows.values_list("pk", "public_id")
        }


SOURCES.put(KIND, PostSearch())
SUBJECTS.put(KIND, Posts())
SUBJECTS.put(CONVERSATION, Conversations())
SUBJECTS.put(HANDOVER, Handovers())
SUBJECTS.put(REPORT, Reports())
