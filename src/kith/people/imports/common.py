"""Steps that several kinds of people's imports share: our organization, persons, repeated persons."""

from django.utils.translation import gettext as _

from kith.kernel.folding import fold
from kith.kernel.imports.fields import Derived
from kith.kernel.imports.staging import StagedBatch
from kith.kernel.refusals import BadInput
from kith.people.organizations.models import OrganizationKind
from kith.people.persons.models import Person


def _sort_key(full_name: str | None) -> str:
    return fold(full_name or "")[:200]


SORT_KEY = Derived("sort_key", ("full_name",), _sort_key)


def find_organization(batch: StagedBatch) -> None:
    """Add `organization_id` to the stage: ours by name, the company itself where the row names none."""
    found = batch.fetch(
        "SELECT id FROM people_organization WHERE kind = 'ours' ORDER BY parent_id IS NOT NULL, id LIMIT 1"
    )
    if not found:
        raise BadInput(_("There is no company yet; set up the organization first."), field="organization")
    batch.params["ours"] = found[0][0]
    batch.params["ours_kind"] = OrganizationKind.OURS.value
    batch.run("ALTER TABLE {stage} ADD COLUMN organization_id bigint DEFAULT %(ours)s")
    if not batch.has("organization"):
        return
    batch.run(
        "UPDATE {stage} s SET organization_id = CASE WHEN s.organization IS NULL THEN %(ours)s ELSE (SELECT o.id "
        "FROM people_organization o WHERE o.kind = %(ours_kind)s AND lower(o.name) = lower(s.organization) LIMIT 1) END"
    )
    batch.reject("s.organization_id IS NULL", field="organization", reason=_("is none of our companies"))


def check_birth(batch: StagedBatch) -> None:
    """Reject persons born in the future or before 1900."""
    if batch.has("born"):
        batch.reject(
            "s.born > (%(at)s::timestamptz AT TIME ZONE 'UTC')::date",
            field="born",
            reason=_("lies in the future"),
        )
        batch.reject("s.born < DATE '1900-01-01'", field="born", reason=_("lies before the year 1900"))


def find_persons(batch: StagedBatch) -> None:
    """Set `object_id` of the rows whose person is known; of a merged person it is the one who stays."""
    batch.find(Person)
    batch.run(
        "UPDATE {stage} s SET object_id = p.merged_into_id FROM people_person p "
        "WHERE p.id = s.object_id AND p.merged_into_id IS NOT NULL"
    )


def take_persons(batch: StagedBatch, *, where: str = "NOT s.bad") -> None:
    """Insert and update the persons of the good rows.

    Language, zone, preferred name and birthday are taken when the person is new; afterwards they are the
    person's own to change. A changed mailbox has to be proven again.
    """
    columns = {"full_name": "s.full_name", "sort_key": "s.sort_key"}
    update: dict[str, str] = {}
    insert = {
        "public_id": "gen_random_uuid()", "created_at": "%(at)s", "birthday_calendar": "'solar'",
        "birthday_visibility": "'nobody'", "leap_day": "'feb-28'",
    }  # fmt: skip
    defaults = {"preferred_name": "''", "language": "'en'", "zone": "'UTC'"}
    for name, default in defaults.items():
        insert[name] = f"coalesce(s.{name}, {default})"
    if batch.has("born"):
        for part in ("year", "month", "day"):
            insert[f"birth_{part}"] = f"extract({part} FROM s.born)::smallint"
    for name in ("mailbox", "phone"):
        (columns if batch.has(name) else insert)[name] = f"coalesce(s.{name}, '')"
    if batch.has("mailbox"):
        update["mailbox_proven_at"] = "CASE WHEN t.mailbox = coalesce(s.mailbox, '') THEN t.mailbox_proven_at END"
    batch.upsert(model=Person, columns=columns, insert=insert, update=update, where=where)
