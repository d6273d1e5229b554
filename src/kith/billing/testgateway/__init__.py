"""The test gateway: a payment provider played by ourselves, with a page of its own and signed webhooks."""
