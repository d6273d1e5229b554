"""One-time links in mails: acknowledge or unsubscribe without signing in."""
