"""The operations behind a view of the API, which carry the policies there."""

import inspect
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from ninja.operation import Operation, PathView


@cache
def operations_of(view: Callable[..., Any]) -> Sequence[Operation]:
    """Return the operations of a path of the API, whatever wraps its view; none for every other view."""
    inner: Any = view
    while inner is not None:
        if inspect.isfunction(inner) and "self" in inner.__code__.co_freevars:
            owner = inspect.getclosurevars(inner).nonlocals.get("self")
            if isinstance(owner, PathView):
                return owner.operations
        inner = vars(inner).get("__wrapped__") if hasattr(inner, "__dict__") else None
    return ()
