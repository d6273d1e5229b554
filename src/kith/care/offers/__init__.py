"""A choice of gifts that someone may make within a budget."""
