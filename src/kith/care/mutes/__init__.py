"""Sensitive times: days on which care says nothing to a person, and nobody is told why."""
