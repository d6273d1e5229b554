"""The engine in which moments meet kindnesses; it knows nobody."""
