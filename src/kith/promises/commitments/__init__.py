"""Promises: what somebody owes to somebody until when, with one accountable owner at every moment, and the proof."""
