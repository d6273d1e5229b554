"""Lots and entries: every store of value that is given, reserved, used and returned."""
