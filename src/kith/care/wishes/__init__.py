"""How a person wants care: what one likes, at which hour, or not at all."""
