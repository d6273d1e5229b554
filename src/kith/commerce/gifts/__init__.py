"""Gifts: what the organization gives, from a budget, by what the person likes."""
