"""Mine: where I am signed in."""
