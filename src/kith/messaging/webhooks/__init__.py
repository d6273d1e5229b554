"""Webhooks out: facts told to other systems, signed after the Standard Webhooks specification."""
