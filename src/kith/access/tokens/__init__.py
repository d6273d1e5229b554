"""One-time links: signed, stored hashed, acting by POST only."""
