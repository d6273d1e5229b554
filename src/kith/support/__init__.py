"""Service requests of customers, each a promise with an owner and a due time."""
