"""The way to speak without a name: a receipt instead of a person, weeks instead of times, and words both ways."""
