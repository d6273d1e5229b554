"""Registered shared devices on the shop floor, and the PINs people sign in with there."""
