"""The engine of measures; it knows nobody above."""
