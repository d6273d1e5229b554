"""Logins, sign-on, sessions, roles, grants and tokens."""
