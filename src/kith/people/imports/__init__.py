"""What can be imported of people: sites, shifts, units, employees with their history, customers and their firms."""

from kith.kernel.imports.kinds import KINDS
from kith.people.imports.customers import Customers
from kith.people.imports.employees import Employees
from kith.people.imports.places import Shifts, Sites
from kith.people.imports.units import Units


def put_kinds() -> None:
    """Put the kinds on the kernel's shelf; called once, when the program starts."""
    for kind in (Sites(), Shifts(), Units(), Employees(), Customers()):
        KINDS.put(kind.name, kind)
