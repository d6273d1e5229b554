"""Stores: the windows of the shop."""
