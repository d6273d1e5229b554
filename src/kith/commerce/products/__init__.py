"""Products: what is offered of an item, in which category, and how it looks."""
