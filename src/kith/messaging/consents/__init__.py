"""What a person wants to be told of, with the proof of when they said so."""
