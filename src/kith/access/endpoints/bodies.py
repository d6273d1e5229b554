"""Closed bodies: what a program sends is known field by field, anything else is refused."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field


class Body(Schema):
    """The body of a command. A field it does not name is refused (422), so nothing is set by accident or by stealth."""

    model_config = ConfigDict(extra="forbid")


OurLanguage = Literal["en", "vi", "zh-Hans"]
Title = dict[OurLanguage, Annotated[str, Field(max_length=200)]]
"""A short text by language."""
Words = dict[OurLanguage, Annotated[str, Field(max_length=20_000)]]
"""A longer text by language."""
Instant = Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
"""A time with its offset, in years that calendars know."""
