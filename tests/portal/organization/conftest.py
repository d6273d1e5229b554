"""What tests of the organization share: the identity of one test is never that of the next."""

from collections.abc import Iterator

import pytest

from kith.portal.organization import identity


@pytest.fixture(autouse=True)
def fresh_identity() -> Iterator[None]:
    """Ask who the organization is anew in each test, and leave nothing of it behind."""
    identity.drop()
    yield
    identity.drop()
