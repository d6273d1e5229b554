"""Live pages: an event reaches the open pages of a person as it is committed."""
