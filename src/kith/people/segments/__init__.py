"""Segments: the one audience word. A saved, typed predicate, compiled to one SQL query, that can explain itself."""
