"""The desk on which one sees what was sent."""
