"""Kith: the one address where an organization takes care of all of its people."""
