"""Panels beside a subject."""
