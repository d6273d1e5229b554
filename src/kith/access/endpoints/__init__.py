"""What every endpoint of the HTTP API is made of: closed bodies, pages by cursor, commands that happen once, limits."""
