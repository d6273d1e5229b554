"""A new organization from nothing: the set-up address, its steps, and the list of what is still to do."""
