"""Tallies that stop guessing: how often within an hour."""
