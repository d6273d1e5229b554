"""Imports of sites and shifts: the places and times that employees' rows name."""

import json
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.staging import StagedBatch
from kith.people.calendars.models import Calendar, Shift
from kith.people.imports.common import find_organization
from kith.people.organizations.models import Site

_CODE = Field(
    "code",
    label=gettext_lazy("Code"),
    required=True,
    max_length=40,
    help=gettext_lazy("Our short name for it; never changes."),
)


class Sites:
    """Places where people work. A site without calendar gets the standard one of its country, made when missing."""

    name = "sites"
    label = gettext_lazy("Sites")
    help = gettext_lazy("Places with country, time zone and working calendar.")
    role = "hr"
    key = ("code",)
    derived: tuple[Derived, ...] = ()
    fields = (
        Field("code", label=gettext_lazy("Code"), required=True, max_length=40, help=_CODE.help, example="HUE-1"),
        Field(
            "name", FieldType.TEXTS, label=gettext_lazy("Name"), required=True, example="Plant Hue|Nhà máy Huế|顺化工厂"
        ),
        Field("country", FieldType.COUNTRY, label=gettext_lazy("Country"), required=True, example="VN"),
        Field("city", label=gettext_lazy("City"), max_length=100, example="Huế"),
        Field("zone", FieldType.ZONE, label=gettext_lazy("Time zone"), required=True, example="Asia/Ho_Chi_Minh"),
        Field(
            "latitude",
            FieldType.DECIMAL,
            label=gettext_lazy("Latitude"),
            minimum=Decimal(-90),
            maximum=Decimal(90),
            scale=5,
            example="16.46371",
        ),
        Field(
            "longitude",
            FieldType.DECIMAL,
            label=gettext_lazy("Longitude"),
            minimum=Decimal(-180),
            maximum=Decimal(180),
            scale=5,
            example="107.59087",
        ),
        Field(
            "calendar",
            label=gettext_lazy("Calendar"),
            max_length=40,
            help=gettext_lazy("The code of a calendar; empty: the country's standard."),
        ),
        Field(
            "organization",
            label=gettext_lazy("Company"),
            help=gettext_lazy("The name of one of our companies; empty: the company itself."),
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take sites by code."""
        find_organization(batch)
        batch.run("UPDATE {stage} s SET object_id = t.id FROM people_site t WHERE t.code = s.code")
        batch.run("ALTER TABLE {stage} ADD COLUMN calendar_id bigint")
        batch.run(
            "UPDATE {stage} s SET calendar_id = c.id FROM people_calendar c "
            "WHERE c.code = coalesce(s.calendar, 'standard-' || lower(s.country))"
        )
        batch.reject("s.calendar IS NOT NULL AND s.calendar_id IS NULL", field="calendar", reason=_("is no calendar"))
        batch.settle()
        self._standard_calendars(batch)
        batch.allot(Site, column="code")
        columns = {"name": "s.name", "country": "s.country", "zone": "s.zone", "organization_id": "s.organization_id"}
        insert = {"public_id": "gen_random_uuid()", "code": "s.code"}
        optional = {"city": "coalesce(s.city, '')", "latitude": "s.latitude", "longitude": "s.longitude"}
        for name, value in optional.items():
            (columns if batch.has(name) else insert)[name] = value
        (columns if batch.has("calendar") else insert)["calendar_id"] = "s.calendar_id"
        batch.upsert(model=Site, columns=columns, insert=insert)

    def _standard_calendars(self, batch: StagedBatch) -> None:
        """Make the standard calendar of each country that needs one: Monday to Friday, 8 to 12 and 13 to 17."""
        batch.temporary(
            "import_calendar",
            "SELECT -min(row_no) AS row_no, 'standard-' || lower(country) AS code, country, true AS fresh, "
            "nextval(pg_get_serial_sequence('people_calendar', 'id')) AS object_id "
            "FROM {stage} WHERE NOT bad AND calendar_id IS NULL GROUP BY country",
        )
        day = [["08:00", "12:00"], ["13:00", "17:00"]]
        batch.params["office"] = json.dumps({str(weekday): day for weekday in range(5)})
        batch.upsert(
            model=Calendar,
            columns={},
            insert={"code": "s.code", "country": "s.country", "intervals": "%(office)s::jsonb"},
            table="import_calendar",
            where="true",
        )
        batch.run(
            "UPDATE {stage} s SET calendar_id = c.object_id FROM import_calendar c "
            "WHERE s.calendar_id IS NULL AND c.country = s.country AND NOT s.bad"
        )


class Shifts:
    """Shifts by wall clock. One whose end is not after its start ends the next day."""

    name = "shifts"
    label = gettext_lazy("Shifts")
    help = gettext_lazy("Shifts that assignments name.")
    role = "hr"
    key = ("code",)
    derived: tuple[Derived, ...] = ()
    fields = (
        Field("code", label=gettext_lazy("Code"), required=True, max_length=40, help=_CODE.help, example="night"),
        Field("name", FieldType.TEXTS, label=gettext_lazy("Name"), required=True, example="Night|Ca đêm|夜班"),
        Field("starts", FieldType.TIME, label=gettext_lazy("Starts"), required=True, example="22:00"),
        Field("ends", FieldType.TIME, label=gettext_lazy("Ends"), required=True, example="06:00"),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take shifts by code."""
        batch.run("UPDATE {stage} s SET object_id = t.id FROM people_shift t WHERE t.code = s.code")
        batch.settle()
        batch.allot(Shift, column="code")
        batch.upsert(
            model=Shift,
            columns={"name": "s.name", "starts": "s.starts", "ends": "s.ends"},
            insert={"code": "s.code"},
        )
