"""People and their accounts: adding one person, letting people in, and who holds which role."""
