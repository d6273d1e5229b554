"""Mails that came back: read, believed only when they are about a mail of ours, and kept from happening again."""
