"""Conversations of colleagues, of shifts, and with a function: ordered, live, and nobody else's to read."""
