"""Benches: each measures Kith and its physical limit in the same run; the ratio is what counts (`docs/measured.md`)."""
