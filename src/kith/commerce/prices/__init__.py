"""Prices: lists by audience and date, and the one resolver that explains its answer."""
