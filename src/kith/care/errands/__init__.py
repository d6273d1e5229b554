"""Calls and tasks that somebody owes for another person, asked for by a programme."""
