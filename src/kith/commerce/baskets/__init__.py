"""Baskets: what someone is about to buy."""
