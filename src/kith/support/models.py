"""The tables of support."""

from kith.support.requests.models import Saying, ServiceRequest

__all__ = ["Saying", "ServiceRequest"]
