"""Payments, what gateways report of them, and refunds."""
