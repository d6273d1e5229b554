"""Moments of a tie: the anniversary, a day after joining, and a regular round since it began."""
