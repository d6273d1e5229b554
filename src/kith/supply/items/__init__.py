"""Kinds of goods."""
