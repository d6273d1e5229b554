"""Group cards: signed by colleagues, hidden from whom they are for until their hour, delivered once."""
