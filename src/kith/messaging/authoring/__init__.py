"""The words of automatic messages in the administration: written, previewed as a real person, released, taken back."""
