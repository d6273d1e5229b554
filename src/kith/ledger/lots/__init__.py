"""Lots and entries: what a holder has of a kind, where it came from, until when, and every step it took."""
