"""Deliveries to persons: inbox, mail, live pages; the contact arbiter; the outbox desk."""
