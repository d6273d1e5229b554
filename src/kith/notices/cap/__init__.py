"""A notice as an alert of the Common Alerting Protocol (OASIS CAP 1.2, ITU-T X.1303)."""
