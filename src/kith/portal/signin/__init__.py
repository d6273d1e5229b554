"""Signing in and out: password, mailed link, PIN at a kiosk; and the page behind every one-time link."""
