"""The second person's screens: what they are asked to agree to."""
