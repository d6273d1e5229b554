"""The ladder: whom a notice goes to, step by step, while people have not answered after its due time."""
