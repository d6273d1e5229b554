"""What a person sees first: cards of what to do, what concerns them, and the doors."""
