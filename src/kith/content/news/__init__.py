"""News: texts released to an audience, one row per language and version."""
