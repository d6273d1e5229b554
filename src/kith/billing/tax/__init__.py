"""Tax: rates by country and date, and the sums by category."""
