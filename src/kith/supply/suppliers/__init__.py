"""Suppliers and what they sell us."""
