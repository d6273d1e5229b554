"""Bills and credit notes: numbered without gaps, never changed once issued."""
