"""What `kith check` runs: the steps, how they are run beside each other, and the table at the end."""
