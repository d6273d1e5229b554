"""Exports of ideas with their answers."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.queries import to_answer, visible_to

CHUNK = 1000
IDEAS = (
    "id", "submitted_at", "state", "category", "title", "text", "author", "votes", "answer", "reason", "answered_at",
    "understood",
)  # fmt: skip


def _ideas(asking: Asking) -> Iterator[Line]:
    if asking.is_keeper:
        found = Idea.objects.select_related("author")
    else:
        found = visible_to(person_id=asking.person_id, day=asking.day)
    if asking.filters.get("desk") and asking.person_id is not None:
        owed = to_answer(person_id=asking.person_id, roles=asking.roles)
        found = found.filter(pk__in=[idea.pk for idea, _promise in owed])
    state = asking.filters.get("state", "")
    if state in IdeaState.values:
        found = found.filter(state=state)
    counted = found.annotate(number=Count("votes")).order_by("-submitted_at", "-id")
    for idea in counted.iterator(chunk_size=CHUNK):
        yield Line(
            (
                str(idea.public_id), idea.submitted_at, idea.state, idea.category, idea.title, idea.text,
                idea.author_name, idea.number, idea.answer, idea.reason, idea.answered_at, idea.understood,
            ),
            idea.author_id,
        )  # fmt: skip


EXPORTS.put("ideas", ExportKind("ideas", _("Ideas"), IDEAS, lambda _asking: True, _ideas, ("state", "desk")))
