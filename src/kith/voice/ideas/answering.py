"""Answering an idea: yes, planned, done, answered, or a no by somebody who could have said yes; or passing it up."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.grants.queries import holders
from kith.kernel.facts import publish
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.portal.shell.words import money
from kith.promises.actions import pass_up as pass_promise_up
from kith.promises.commitments.models import Promise
from kith.voice.campaigns.queries import Authority, authority_of
from kith.voice.ideas import telling
from kith.voice.ideas.actions import LONGEST, words_of
from kith.voice.ideas.facts import IdeaAnswered
from kith.voice.ideas.finishing import credit
from kith.voice.ideas.kinds import ANSWER, READ
from kith.voice.ideas.models import TO_DO, Idea, IdeaState, Reason, Vote
from kith.voice.ideas.owing import keep_all, owe_doing, terms_for, unit_of
from kith.voice.ideas.queries import KIND, authors_of, promise_of, promises_of, together
from kith.voice.ideas.rules import may_answer
from kith.voice.ideas.starters import is_a_sentence
from kith.voice.ratings import actions as ratings

DECIDED = (IdeaState.ACCEPTED, IdeaState.PLANNED, IdeaState.DECLINED)
"""Answers that decide whether something is done: only who could say yes says no."""


class BeyondAuthority(Refusal):
    """Whoever answers may not decide this: it must be passed up."""


@dataclass(frozen=True)
class Answer:
    """An answer: what, in which words; of a no why; what doing it would cost; of a yes who does it until which day."""

    state: IdeaState
    text: str
    reason: str = ""
    cost: Decimal | None = None
    doer: Person | None = None
    until: date | None = None


def answer(*, idea: Idea, by: Person, roles: frozenset[str], said: Answer, at: datetime) -> Idea:
    """Answer an idea, and with it those merged into it: every author gets the answer, and each promise is kept.

    A no needs a reason, a sentence of one's own and the authority to have said yes (`BeyondAuthority` without). A yes
    is owed from then on: by `doer` (else whoever answers) until `until` (else by the terms).
    """
    with transaction.atomic():
        kept = Idea.objects.select_for_update(of=("self",)).select_related("campaign", "terms").get(pk=idea.pk)
        merged = list(Idea.objects.select_for_update().filter(merged_into=kept).order_by("id"))
        _refuse(kept, by=by, roles=roles, authors=authors_of(merged))
        words = words_of(said.text, field="text", most=LONGEST)
        authority = _authority(kept, by=by, roles=roles, at=at)
        _check(kept, said, words=words, authority=authority)
        answered = [kept, *(each for each in merged if each.state == IdeaState.OPEN)]
        for each in answered:
            _give(each, said, words=words, authority=authority, by=by, at=at)
            keep_all(each, kinds=[ANSWER, READ], proof=kept, at=at, by_id=by.pk)
            _told(each, by=by, at=at)
        if said.state in TO_DO:
            owe_doing(kept, doer=said.doer or by, until=said.until, at=at, by_id=by.pk)
        if said.state == IdeaState.DONE:
            credit([kept, *merged], at=at, by_id=by.pk)
    return kept


def _refuse(idea: Idea, *, by: Person, roles: frozenset[str], authors: list[int]) -> None:
    if idea.state != IdeaState.OPEN:
        raise Refusal(_("This idea has its answer already."))
    if idea.merged_into is not None and idea.merged_into.state == IdeaState.OPEN:
        raise Refusal(_("It is answered together with “%s”.") % idea.merged_into.title)
    if not may_answer(person_id=by.pk, roles=roles, idea=idea, promise=promise_of(idea), authors=authors):
        raise NotAllowed(_("The one who owes the answer gives it."))


def _authority(idea: Idea, *, by: Person, roles: frozenset[str], at: datetime) -> Authority:
    return authority_of(person_id=by.pk, roles=roles, campaign=idea.campaign, terms=terms_for(idea), day=at.date())


def _check(idea: Idea, said: Answer, *, words: str, authority: Authority) -> None:
    if said.state == IdeaState.OPEN:
        raise BadInput(_("Say yes, done, or no."), field="state")
    if said.cost is not None and (not said.cost.is_finite() or not 0 <= said.cost < Decimal(10) ** 12):
        raise BadInput(_("An amount is zero or more, and below a million million."), field="cost")
    if said.state == IdeaState.PLANNED and said.until is None:
        raise BadInput(_("A plan has a day: say until when it is done."), field="until")
    if said.state == IdeaState.DECLINED:
        _check_no(idea, said, words=words, authority=authority)
    if said.state in DECIDED and not authority.covers(said.cost or Decimal(0)):
        raise BeyondAuthority(
            _("You may decide up to %(amount)s by yourself, and this would cost %(cost)s: pass it up.")
            % {
                "amount": in_money(authority.amount or Decimal(0), authority.currency),
                "cost": in_money(said.cost or Decimal(0), authority.currency),
            },
            field="cost",
        )


def _check_no(idea: Idea, said: Answer, *, words: str, authority: Authority) -> None:
    if said.reason not in Reason.values or not is_a_sentence(words):
        raise BadInput(_("A no needs a reason and at least one whole sentence of your own."), field="reason")
    if said.cost is None and authority.amount is not None:
        raise BadInput(
            _("Say what it would cost to do it (0 for nothing): who says no could have said yes."), field="cost"
        )
    same = Idea.objects.filter(state=IdeaState.DECLINED, answer=words).exclude(pk=idea.pk).exclude(merged_into=idea.pk)
    if same.exists():
        raise BadInput(_("These very words were another idea's answer: say it in words for this one."), field="text")


def in_money(amount: Decimal, currency: str) -> str:
    """Return an amount in words; a bare number where the company has not said in which currency it counts."""
    return str(money(Money(amount, currency))) if currency else f"{amount:f}"


def _give(idea: Idea, said: Answer, *, words: str, authority: Authority, by: Person, at: datetime) -> None:
    idea.state, idea.answer, idea.answered_by, idea.answered_at = said.state, words, by, at
    idea.reason = said.reason if said.state == IdeaState.DECLINED else ""
    decided = said.state in DECIDED
    idea.cost, idea.currency = (said.cost if decided else None), (authority.currency if decided else "")
    idea.authority = authority.amount if decided else None
    idea.received_at = idea.received_at or at
    idea.understood = idea.rated_at = None
    idea.unit_id = unit_of(by.pk, at=at, zone=by.zone) or idea.unit_id
    if said.state == IdeaState.DONE:
        idea.outcome, idea.done_at = words, at
    idea.save()


def _told(idea: Idea, *, by: Person, at: datetime) -> None:
    if idea.author is not None:
        ratings.take_back(subject=Subject(KIND, idea.pk), person=idea.author)
    telling.tell("idea-answered", idea, at=at, values={"name": by.name})
    too = Vote.objects.filter(idea=idea, mine=True).values_list("person_id", flat=True)
    telling.tell("idea-answered-too", idea, at=at, to=list(too), values={"name": by.name})
    publish(IdeaAnswered(idea_id=idea.pk, author_id=idea.author_id, state=idea.state), at=at, by_id=by.pk)


def pass_up(*, idea: Idea, by: Person, roles: frozenset[str], at: datetime) -> Promise:
    """Hand the answer to whoever stands above its owner (at the top: leadership), with those merged into the idea."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        _refuse(kept, by=by, roles=roles, authors=authors_of(together(kept)))
        above = list(holders(roles=["leadership"], at=at).values_list("id", flat=True))
        reason = _("It is for somebody to decide who could say yes.")
        moved: Promise | None = None
        for each in [kept, *(one for one in together(kept) if one.state == IdeaState.OPEN)]:
            owed = promises_of(each)
            for kind in (ANSWER, READ):
                if kind in owed:
                    passed = pass_promise_up(owed[kind], reason=reason, at=at, by_id=by.pk, above=above)
                    moved = passed if kind == ANSWER and each.pk == kept.pk else moved
    if moved is None:
        raise Refusal(_("This idea has its answer already."))
    return moved
