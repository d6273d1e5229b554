"""Identifiers with an address: random, 128 bits, never a counter."""

import uuid

from django.db import models


class PublicIdField(models.UUIDField):  # type: ignore[type-arg]
    """The random key under which a row is known outside."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Make a new random key for each row."""
        kwargs.setdefault("default", uuid.uuid4)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
