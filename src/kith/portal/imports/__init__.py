"""Imports on screen: upload, map, preview with reasons, commit, undo, template files."""
