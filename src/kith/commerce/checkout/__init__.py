"""The check-out: one page from the basket to the order."""
