"""A kind of import for tests of the engine: outside organizations by external id, with a parent and a tax number."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kith.kernel.imports.fields import Field, FieldType
from kith.kernel.imports.kinds import KINDS
from kith.kernel.imports.staging import StagedBatch
from kith.people.organizations.models import Organization

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


class Firms:
    """Organizations; what upper floors do with the shelf, at the smallest."""

    name = "firms"
    label = "Firms"
    help = "For tests."
    role = "importer"
    key = ("external_id",)
    derived = ()
    fields = (
        Field("external_id", required=True, max_length=20, example="F-1"),
        Field("name", required=True, example="Lotus Ltd"),
        Field("country", FieldType.COUNTRY, example="VN"),
        Field("parent", max_length=20),
        Field("address", multiline=True, max_length=500),
        Field("names", FieldType.TEXTS, example="Lotus|Hoa Sen|莲花"),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        batch.find(Organization)
        batch.run("UPDATE {stage} s SET fresh = false")
        batch.run("ALTER TABLE {stage} ADD COLUMN parent_ok boolean")
        batch.run(
            "UPDATE {stage} s SET parent_ok = s.parent IN (SELECT external_id FROM {stage} UNION "
            "SELECT external_id FROM kernel_externalid WHERE system = %(system)s)"
        )
        batch.reject("s.parent IS NOT NULL AND NOT s.parent_ok", field="parent", reason="is not a firm in this file")
        batch.settle()
        batch.allot(Organization)
        columns = {"name": "s.name"}
        if batch.has("country"):
            columns["country"] = "coalesce(s.country, '')"
        defaults = {"kind": "'outside'", "country": "''", "currency": "''", "tax_id": "''", "address": "''"}
        defaults["public_id"] = "gen_random_uuid()"
        batch.upsert(
            model=Organization, columns=columns, insert={k: v for k, v in defaults.items() if k not in columns}
        )
        batch.run("ALTER TABLE {stage} ADD COLUMN parent_id bigint")
        batch.run(
            "UPDATE {stage} s SET parent_id = e.object_id FROM kernel_externalid e WHERE e.system = %(system)s "
            "AND e.external_id = s.parent AND NOT s.bad"
        )
        if batch.has("parent"):
            batch.run("UPDATE {stage} SET fresh = false")
            batch.upsert(model=Organization, columns={"parent_id": "s.parent_id"})
            batch.run("UPDATE {stage} s SET fresh = true FROM kernel_importedrow r WHERE r.batch_id = %(batch)s "
                      "AND r.action = 'created' AND r.object_id = s.object_id")  # fmt: skip


@pytest.fixture
def firms() -> Iterator[Firms]:
    kind = Firms()
    KINDS.put("firms", kind)
    yield kind
    del KINDS._things["firms"]
