"""What happened to orders."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"order_id": "order", "buyer_id": "person"})
@dataclass(frozen=True)
class OrderPlaced:
    """An order became binding: it is paid, or will be by its bill."""

    order_id: int
    buyer_id: int


@fact(about={"order_id": "order", "buyer_id": "person"})
@dataclass(frozen=True)
class OrderUnitsCancelled:
    """Units of an order were taken back before they were shipped."""

    order_id: int
    buyer_id: int
    cancellation_id: int


@fact(about={"order_id": "order", "buyer_id": "person"})
@dataclass(frozen=True)
class OrderExpired:
    """An order was not paid in time; what it held is free again."""

    order_id: int
    buyer_id: int


@fact(about={"order_id": "order", "buyer_id": "person"})
@dataclass(frozen=True)
class OrderShipped:
    """An order left the warehouse."""

    order_id: int
    buyer_id: int


@fact(about={"order_id": "order", "buyer_id": "person"})
@dataclass(frozen=True)
class OrderDelivered:
    """An order arrived."""

    order_id: int
    buyer_id: int
