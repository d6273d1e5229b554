"""Payment processes: which ways of paying are offered to whom, as a versioned definition."""
