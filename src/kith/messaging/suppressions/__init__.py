"""Addresses that get no mail, with the reason, until somebody or time releases them."""
