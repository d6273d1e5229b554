"""Labour saved: what is done by itself, counted, with what each would have cost a person in minutes."""
