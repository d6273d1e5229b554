"""A person's relations to organizations, and where an employee belongs and works."""
