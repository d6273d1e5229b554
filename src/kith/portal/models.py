"""The tables of portal."""

from kith.portal.home.models import Arrangement, HomeDefault
from kith.portal.search.models import Document

__all__ = ["Arrangement", "Document", "HomeDefault"]
