"""Released texts, one row per language and version: news and pages."""
