"""Duty roles: where every chain of owners ends, because somebody always holds them."""
