"""Reads of payment processes: what is offered to whom, and why not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.billing.processes.methods import BY_BILL, METHODS, Asked
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.rules import Step, parse
from kith.kernel.refusals import Refusal
from kith.people.segments.models import Segment
from kith.people.segments.queries import matching


def current(*, code: str) -> PaymentProcess:
    """Return the version of a process that is in use; `Refusal` when there is none."""
    found = PaymentProcess.objects.filter(code=code, is_current=True).first()
    if found is None:
        raise Refusal(_("The store has no payment process “%s” yet.") % code)
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """A way of paying that is open to someone: `problem` says why not now ("" when it may be chosen).

    `consent` are words to be agreed to; `days` is how long a bill gives.
    """

    method: str
    label: str
    hint: str
    problem: str
    consent: str
    days: int
    needs_sign_in: bool = False


def offered(*, process: PaymentProcess, asked: Asked, only: str = "") -> list[Offer]:
    """Return the ways of paying for someone, in the order of the process; one query for all segments.

    Steps of other segments or amounts are left out; the first step of a method counts. `only`: of one method.
    """
    steps = [step for step in map(parse, process.steps) if only in {"", step.method}]
    named = {step.segment for step in steps if step.segment}
    rules = {segment.pk: segment for segment in Segment.objects.filter(code__in=named)} if named else {}
    true = matching(
        rules={key: segment.rule for key, segment in rules.items()}, person_id=asked.person_id, day=asked.at.date()
    )
    mine = {rules[key].code for key in true}
    offers: dict[str, Offer] = {}
    for step in steps:
        open_to_me = not step.segment or step.segment in mine
        if open_to_me and step.fits(asked.amount.amount) and step.method not in offers:
            offers[step.method] = _offer(step, asked)
    return list(offers.values())


def _offer(step: Step, asked: Asked) -> Offer:
    if step.method == BY_BILL:
        return Offer(
            method=BY_BILL,
            label=_("By bill"),
            hint=_("You get a bill and pay it within %s days.") % step.days,
            problem="",
            consent="",
            days=step.days,
        )
    method = METHODS.get(step.method)
    problem = method.problem(asked)
    return Offer(
        method=step.method,
        label=str(method.label),
        hint=str(method.hint),
        problem=problem,
        consent="" if problem else method.consent(asked),
        days=step.days,
        needs_sign_in=method.needs_sign_in,
    )
