"""Goods: items, stock and reservations, suppliers."""
