"""How a person is reached, and why a message reached them or did not: for the desk."""
