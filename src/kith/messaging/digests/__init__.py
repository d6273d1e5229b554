"""Several messages in one mail, at the hour a person chose."""
