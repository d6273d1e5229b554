"""Bearer tokens of programs that act for a person."""
