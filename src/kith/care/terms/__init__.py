"""Dates that end something: retirement, a contract, an insurance; recorded by HR."""
