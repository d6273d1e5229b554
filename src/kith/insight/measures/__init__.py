"""Measures: figures of the organization, looked at every day and kept."""
