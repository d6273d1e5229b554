"""What people like, as they say themselves; never inferred."""
