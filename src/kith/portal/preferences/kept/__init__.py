"""Everything kept on me: shown, taken away as a file, and asked to be erased; and who looked at it."""
