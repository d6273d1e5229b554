"""The moment of silence: nothing was heard of somebody for so many days."""
