"""What authors are told. Nothing goes to an idea without a name: its author comes and looks."""

from collections.abc import Collection, Mapping
from datetime import datetime

from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.wording.actions import send_wording
from kith.promises.commitments.models import Promise
from kith.voice.ideas.models import Idea
from kith.voice.ideas.queries import KIND
from kith.voice.ideas.saying import in_words


def tell(
    code: str, idea: Idea, *, at: datetime, to: Collection[int] | None = None, key: str | None = None,
    values: Mapping[str, Text | str] | None = None,
) -> None:  # fmt: skip
    """Send the message `voice.<code>` about an idea to its author, or to others; nobody: nothing is sent."""
    people = to if to is not None else [idea.author_id] if idea.author_id is not None else []
    if not people:
        return
    send_wording(
        code=f"voice.{code}", to=people, at=at, about=Subject(KIND, idea.pk), link=f"/ideas/{idea.public_id}/",
        values={"title": idea.title, **(values or {})}, dedupe_key=key,
    )  # fmt: skip


def received(idea: Idea, promise: Promise, *, at: datetime) -> None:
    """Tell the author at once who owes the answer, and until when."""
    if idea.author is None:
        return
    name = promise.owner.name if promise.owner else ""
    due = in_words(promise.due_at, zone=idea.author.zone)
    tell("idea-received", idea, at=at, key=f"idea-received:{promise.pk}", values={"name": name, "due": due})
