"""Who may sign in: usernames, passwords and their checks."""
