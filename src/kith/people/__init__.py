"""Persons, organizations, ties, units, sites, calendars and segments."""
