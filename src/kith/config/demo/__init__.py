"""The demo: a drinks maker on four continents, generated, deterministic, of any size; with the bar to walk through it.

It exists only where `KITH_DEMO=1`, which the process tree sets for a home that was begun as a demo.
"""
