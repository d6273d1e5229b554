"""Who writes the words of automatic messages."""

EDITORS = frozenset({"communications", "administrator"})
