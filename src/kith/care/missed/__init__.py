"""The moment of a promise that was not kept in time."""
