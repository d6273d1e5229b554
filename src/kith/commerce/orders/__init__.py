"""Orders: placed once, paid, packed, shipped, cancelled by the unit."""
