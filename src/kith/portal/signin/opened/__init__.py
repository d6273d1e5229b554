"""What opening a one-time link shows and does."""
