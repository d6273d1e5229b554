"""The first pages of the desk and of administration."""
