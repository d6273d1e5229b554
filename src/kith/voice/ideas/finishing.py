"""From a yes to the deed: an accepted idea is put into practice and its authors are thanked, or it is decided anew."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots.actions import grant
from kith.people.persons.models import Person
from kith.voice.ideas import telling
from kith.voice.ideas.actions import LONGEST, reopen, words_of
from kith.voice.ideas.facts import IdeaImplemented
from kith.voice.ideas.kinds import DO, POINTS
from kith.voice.ideas.models import TO_DO, Idea, IdeaState
from kith.voice.ideas.owing import keep_all, terms_for
from kith.voice.ideas.queries import promise_of
from kith.voice.ideas.rules import may_finish


def _locked(idea: Idea, *, by: Person, roles: frozenset[str]) -> Idea:
    kept = Idea.objects.select_for_update(of=("self",)).select_related("terms").get(pk=idea.pk)
    if kept.state not in TO_DO:
        raise Refusal(_("Nothing is to be done about this idea."))
    if not may_finish(person_id=by.pk, roles=roles, promise=promise_of(kept, kind=DO)):
        raise NotAllowed(_("Whoever owes that it is done reports it."))
    return kept


def implement(*, idea: Idea, by: Person, roles: frozenset[str], outcome: str, at: datetime, link: str = "") -> Idea:
    """Report that an accepted idea was put into practice: what is different now, and which page says so.

    Its authors, those of merged ideas among them, are told and get their points, each once.
    """
    words, link = words_of(outcome, field="outcome", most=LONGEST), link.strip()
    if link and (not link.startswith("/") or link.startswith("//") or len(link) > 200 or "\0" in link):  # noqa: PLR2004
        raise BadInput(_("Give the page's address in this portal, beginning with “/”."), field="link")
    with transaction.atomic():
        kept = _locked(idea, by=by, roles=roles)
        merged = list(Idea.objects.select_for_update().filter(merged_into=kept).order_by("id"))
        for each in [kept, *(one for one in merged if one.state in TO_DO)]:
            each.state, each.outcome, each.outcome_link, each.done_at = IdeaState.DONE, words, link, at
            each.save(update_fields=["state", "outcome", "outcome_link", "done_at"])
        keep_all(kept, kinds=[DO], proof=kept, at=at, by_id=by.pk)
        for each in [kept, *merged]:
            telling.tell(
                "idea-done", each, at=at, values={"name": by.name}, key=f"idea-done:{each.pk}:{at:%Y%m%d%H%M%S}"
            )
        credit([kept, *merged], at=at, by_id=by.pk)
    return kept


def credit(ideas: Sequence[Idea], *, at: datetime, by_id: int | None) -> None:
    """Give every author of ideas that became one deed their points, once for each idea, and tell that it is done."""
    points = terms_for(ideas[0]).points
    for idea in ideas:
        if idea.author_id is not None and points:
            grant(
                holder=Subject("person", idea.author_id), kind=POINTS, amount=Decimal(points), valid_from=at.date(),
                source=f"idea:{idea.pk}", at=at, by_id=by_id, once=True,
            )  # fmt: skip
    publish(IdeaImplemented(idea_id=ideas[0].pk), at=at, by_id=by_id)


def decide_anew(*, idea: Idea, by: Person, roles: frozenset[str], reason: str, at: datetime) -> Idea:
    """Say that what was promised cannot be done: another answer is owed, to the authors of merged ideas as well."""
    words = words_of(reason, field="reason", most=500)
    with transaction.atomic():
        kept = _locked(idea, by=by, roles=roles)
        merged = Idea.objects.select_for_update().filter(merged_into=kept, state__in=TO_DO).order_by("id")
        for each in [kept, *merged]:
            reopen(each, reason=words, at=at, by_id=by.pk)
    return kept
