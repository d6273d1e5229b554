"""Printed bills: the typst templates of billing and the typed data each of them takes."""
