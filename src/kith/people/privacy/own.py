"""What people itself keeps on a person: the row, ties and assignments, absences and deputies, erasure requests."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.kernel.clock import local_date
from kith.people.calendars.models import Absence, Deputy, HoursVersion
from kith.people.organizations.models import Organization, Unit
from kith.people.persons.models import BirthdayCalendar, BirthdayVisibility, LeapDay, Person
from kith.people.privacy.models import ErasureRequest
from kith.people.privacy.shelf import HOLDINGS, Erased, Kept, Retention
from kith.people.privacy.tables import Table, Tables, past
from kith.people.privacy.traces import MARK
from kith.people.segments.models import Segment
from kith.people.ties.models import Assignment, Tie

ABSENCES_DAYS = 3 * 365
REQUESTS_DAYS = 3 * 365

WHO = Tables(
    label=_("Who you are: name, addresses, birthday, language and time zone, as you or your organization gave them."),
    tables=(
        Table(
            Person,
            _("My data"),
            (
                "public_id", "full_name", "preferred_name", "sort_key", "mailbox", "mailbox_proven_at", "phone",
                "language", "zone", "birth_day", "birth_month", "birth_year", "birthday_calendar",
                "birthday_visibility", "leap_day", "created_at", "deactivated_at",
            ),
            person=("pk",),
            subject="person",
            blanks={
                "full_name": MARK, "preferred_name": "", "sort_key": "", "mailbox": "", "mailbox_proven_at": None,
                "phone": "", "language": "en", "zone": "UTC", "birth_day": None, "birth_month": None,
                "birth_year": None, "birthday_calendar": BirthdayCalendar.SOLAR,
                "birthday_visibility": BirthdayVisibility.NOBODY, "leap_day": LeapDay.FEBRUARY_28,
            },
        ),
    ),
    refers={Person: ("merged_into",)},
)  # fmt: skip


def _end_ties(person_id: int, at: datetime) -> Erased:
    """End what is not over yet; what has not begun is deleted."""
    zone = Person.objects.values_list("zone", flat=True).get(pk=person_id)
    day, ended = local_date(at, zone), 0
    for rows in (Assignment.objects.filter(tie__person_id=person_id), Tie.objects.filter(person_id=person_id)):
        rows.filter(since__gt=day).delete()
        ended += rows.filter(Q(until=None) | Q(until__gt=day)).update(until=day)
    return Erased(ended)


BELONGING = Tables(
    label=_("Where you belong and belonged: companies, units, sites, shifts and titles, with their days."),
    tables=(
        Table(
            Assignment,
            _("Units, sites and titles"),
            ("unit__name", "site__name", "shift__name", "title", "since", "until"),
            person=("tie__person_id",),
            blanks={"title": "", "manager": None},
        ),
        Table(
            Tie,
            _("Companies"),
            ("public_id", "kind", "organization__name", "for_organization__name", "number", "since", "until"),
            blanks={"number": ""},
        ),
        Table(
            Assignment, _("Whom I manage by name"), (), person=("manager_id",), blanks={"manager": None}
        ),
        Table(
            Unit,
            _("Units I manage"),
            ("code", "name"),
            person=("manager_id",),
            blanks={"manager": None},
            mine=False,
        ),
    ),
    refers={Assignment: ("tie",), Segment: ("created_by_id",)},
    free={Unit: ("name",), Organization: ("name", "address"), Segment: ("name",)},
    also=_end_ties,
)  # fmt: skip

AWAY = Tables(
    label=_("When you are away, never why, and who stands in for you."),
    tables=(
        Table(Absence, _("Absences"), ("public_id", "since", "until", "recorded_at"), deletes=True),
        Table(Deputy, _("Who stands in, or for whom"), ("rank",), person=("person_id", "deputy_id"), deletes=True),
    ),
    refers={Absence: ("recorded_by_id",), HoursVersion: ("set_by_id", "intervals")},
    retentions=(
        Retention(
            _("Absences are deleted three years after their last day."),
            past(Absence, column="until", days=ABSENCES_DAYS),
        ),
    ),
)


def _forget_requests(at: datetime) -> int:
    over = ErasureRequest.objects.filter(decided_at__lt=at - timedelta(days=REQUESTS_DAYS))
    count = over.count()
    over.delete()
    return count


REQUESTS = Tables(
    label=_("Requests to erase what is kept on you, and what came of them."),
    tables=(
        Table(
            ErasureRequest,
            _("Requests to erase"),
            ("public_id", "asked_at", "due_at", "reason", "state", "decided_at", "answer"),
            blanks={"reason": "", "answer": ""},
            keeps=Kept(_("The request itself, without its words, as proof that it was met."), "GDPR art. 5(2), 12(3)"),
        ),
    ),
    refers={ErasureRequest: ("asked_by_id", "decided_by_id")},
    free={ErasureRequest: ("reason", "answer", "kept")},
    retentions=(Retention(_("Requests to erase are deleted three years after they were decided."), _forget_requests),),
)

HOLDINGS.put("people.who", WHO)
HOLDINGS.put("people.belonging", BELONGING)
HOLDINGS.put("people.away", AWAY)
HOLDINGS.put("people.requests", REQUESTS)
