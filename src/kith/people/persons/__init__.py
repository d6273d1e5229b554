"""Human beings, each once, whether they ever log in or not."""
