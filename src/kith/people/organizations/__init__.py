"""Organizations, their units and sites."""
