"""Writes of the head count: muster links, and who was seen on the spot."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.deliveries.answering import count_in
from kith.messaging.deliveries.models import Delivery
from kith.notices.board.facts import MusterLinkIssued, MusterLinkRevoked
from kith.notices.board.models import MusterLink
from kith.notices.board.queries import of_site
from kith.notices.publishing.models import Notice, NoticeState
from kith.people.organizations.models import Site
from kith.people.persons.models import Person

LONGEST = timedelta(days=7)


def issue(*, notice: Notice, site: Site, label: str, hours: int, by: Person, at: datetime) -> MusterLink:
    """Issue a link to the board of one site; it ends by itself, after a week at most."""
    lives = timedelta(hours=hours)
    if not timedelta(0) < lives <= LONGEST:
        raise BadInput(_("A link lives between an hour and a week."), field="hours")
    if not label.strip():
        raise BadInput(_("Say who gets this link."), field="label")
    if notice.state != NoticeState.PUBLISHED or not notice.options:
        raise Refusal(_("Only a published notice with answers has a head count."))
    with transaction.atomic():
        link = MusterLink.objects.create(
            notice=notice, site=site, label=label.strip()[:120], issued_by=by, issued_at=at, expires_at=at + lives
        )
        publish(MusterLinkIssued(notice_id=notice.pk, site_id=site.pk, link_id=link.pk), at=at, by_id=by.pk)
    return link


def revoke(*, link: MusterLink, by: Person, at: datetime) -> None:
    """End a link now; a second time changes nothing."""
    with transaction.atomic():
        if MusterLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at):
            publish(MusterLinkRevoked(notice_id=link.notice_id, link_id=link.pk), at=at, by_id=by.pk)


def find(*, key: int | None, at: datetime) -> MusterLink:
    """Return the link of a row that is neither over nor revoked; else `NotFound`."""
    found = MusterLink.objects.filter(pk=key or 0, revoked_at__isnull=True, expires_at__gt=at)
    link = found.exclude(notice__state=NoticeState.WITHDRAWN).select_related("notice__message", "site").first()
    if link is None:
        raise NotFound(_("This link does not work any more."))
    return link


def saw(*, link: MusterLink, public_id: str, answer: int, at: datetime) -> None:
    """Record that the muster leader saw a person of the site; `NotFound` for anybody else."""
    here = {counted.public_id for counted in of_site(link.notice, site_id=link.site_id, day=at.date())}
    if public_id not in here:
        raise NotFound(_("This person does not belong to this site."))
    person = Person.objects.get(public_id=public_id)
    delivery = Delivery.objects.get(message=link.notice.message, person_id=person.pk)
    with transaction.atomic():
        count_in(delivery_id=delivery.pk, answer=answer, at=at, via="muster")
        MusterLink.objects.filter(pk=link.pk).update(used_at=at)
