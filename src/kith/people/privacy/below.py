"""What the floors below people keep on a person: facts, what imports did, jobs, and accounts of value.

Kernel and ledger know no person, so people answers for them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kith.kernel.facts.models import Fact, Pending
from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.imports.models import ExternalId, ImportBatch, ImportedRow
from kith.ledger.lots.models import Account, Entry, Lot
from kith.people.privacy.shelf import HOLDINGS, Erased, Kept, Part, Retention
from kith.people.privacy.tables import Tables, past, plain
from kith.people.privacy.traces import MARK, pattern_of, traces_of

IMPORTS_DAYS = 365
KEYS_DAYS = 90
_PROOF = Kept(
    _("The list of what happened, which names only identifiers: they lead to nobody any more."), "GDPR art. 5(2)"
)


def _facts(person_id: int) -> "QuerySet[Fact]":
    return Fact.objects.filter(about__contains=[f"person:{person_id}"])


def _fact_parts(person_id: int) -> tuple[Part, ...]:
    rows = [{"kind": fact.kind, "at": plain(fact.at)} for fact in _facts(person_id).order_by("-id")]
    return (Part("kernel.fact", _("What happened about me"), rows),)


def _fact_kept(person_id: int, _at: datetime) -> Erased:
    return Erased(0, (_PROOF,) if _facts(person_id).exists() else ())


def _own_rows(person_id: int) -> "Iterator[tuple[str, list[int]]]":
    """Yield the label of each table that holds rows of the person, with their keys."""
    for holding in HOLDINGS:
        if isinstance(holding, Tables):
            for table in holding.tables:
                keys = list(table.rows(person_id).values_list("pk", flat=True)) if table.mine and table.shows else []
                if keys and all(isinstance(key, int) for key in keys):
                    yield table.model._meta.label_lower, keys  # noqa: SLF001


def _of(person_id: int, *, name: str) -> Q:
    mine = Q(pk__in=[])
    for label, keys in _own_rows(person_id):
        mine |= Q(**{name: label, "object_id__in": keys})
    return mine


def _import_parts(person_id: int) -> tuple[Part, ...]:
    names = ExternalId.objects.filter(_of(person_id, name="kind")).order_by("pk")
    rows = ImportedRow.objects.filter(_of(person_id, name="model")).order_by("pk")
    return (
        Part(
            "kernel.externalid",
            _("My keys in other systems"),
            [{"system": row.system, "kind": row.kind, "external_id": row.external_id} for row in names],
        ),
        Part(
            "kernel.importedrow",
            _("What imports wrote"),
            [{"table": r.model, "action": r.action, "before": plain(r.before), "after": plain(r.after)} for r in rows],
        ),
    )


def _forget_imported(person_id: int, _at: datetime) -> Erased:
    """Delete what imports remember of the person's rows; an undo of the import leaves those rows alone."""
    names, _by_model = ExternalId.objects.filter(_of(person_id, name="kind")).delete()
    rows, _by_model = ImportedRow.objects.filter(_of(person_id, name="model")).delete()
    return Erased(names + rows)


def _scrub_jobs(person_id: int, _at: datetime) -> Erased:
    """Take the person's traces out of what background jobs were given."""
    words = traces_of(person_id=person_id).words
    if not words:
        return Erased()
    pattern = pattern_of(words, in_json=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = regexp_replace(args::text, %(pattern)s, %(mark)s, 'gi')::jsonb "
            "WHERE args::text ~* %(pattern)s",
            {"pattern": pattern, "mark": MARK},
        )
        return Erased(cursor.rowcount)


def _lots(person_id: int) -> "QuerySet[Lot]":
    return Lot.objects.filter(holder=f"person:{person_id}").order_by("pk")


def _lot_parts(person_id: int) -> tuple[Part, ...]:
    lots = _lots(person_id)
    entries = Entry.objects.filter(lot__in=lots).order_by("pk")
    given = [
        {"kind": lot.kind, "source": lot.source, "valid_from": plain(lot.valid_from), "until": plain(lot.expires_on)}
        for lot in lots
    ]
    steps = [{"step": e.step, "amount": str(e.amount), "for": e.reference, "at": plain(e.at)} for e in entries]
    return (
        Part("ledger.lot", _("What I was given"), given),
        Part("ledger.entry", _("What was used of it"), steps),
    )


def _lots_kept(person_id: int, _at: datetime) -> Erased:
    kept = Kept(
        _("Entries of quotas, budgets and allowances, which name only identifiers."),
        _("accounting law: books are never changed, only added to"),
    )
    return Erased(0, (kept,) if _lots(person_id).exists() else ())


def _forget_journals(at: datetime) -> int:
    old = ImportedRow.objects.filter(batch__at__lt=at - timedelta(days=IMPORTS_DAYS))
    count, _by_model = old.delete()
    ImportBatch.objects.filter(at__lt=at - timedelta(days=IMPORTS_DAYS)).exclude(rejects=[]).update(rejects=[])
    return count


HOLDINGS.put(
    "kernel.facts",
    Tables(
        label=_("What happened, and when: each entry names identifiers only, never what was said or bought."),
        refers={Fact: ("data", "about", "by_id"), Pending: ("error",)},
        parts=_fact_parts,
        also=_fact_kept,
    ),
)
HOLDINGS.put(
    "kernel.imports",
    Tables(
        label=_("What files from other systems said of you, so that an import can be undone."),
        refers={
            ImportBatch: ("by_id", "undone_by_id", "columns", "file_name"),
            ImportedRow: ("before", "after"),
            ExternalId: ("external_id",),
        },
        free={ImportBatch: ("rejects", "problem", "file_name")},
        parts=_import_parts,
        also=_forget_imported,
        retentions=(
            Retention(
                _("What an import changed is remembered for a year, then the import cannot be undone any more."),
                _forget_journals,
            ),
        ),
    ),
)
HOLDINGS.put(
    "kernel.jobs",
    Tables(
        label=_("Work that waits in the background, and the answers to commands that may be repeated."),
        free={IdempotencyKey: ("answer",)},
        also=_scrub_jobs,
        retentions=(
            Retention(
                _("Answers to repeated commands are deleted after 90 days."),
                past(IdempotencyKey, column="at", days=KEYS_DAYS),
            ),
        ),
    ),
)
HOLDINGS.put(
    "ledger.lots",
    Tables(
        label=_("What you have of quotas, budgets and allowances, and what you used of them."),
        refers={Lot: ("holder", "source"), Account: ("holder",), Entry: ("reference", "by_id")},
        parts=_lot_parts,
        also=_lots_kept,
    ),
)
