"""Stock: how many of an item stand where, how many are promised, and every movement."""
