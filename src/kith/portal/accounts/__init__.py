"""What the ledger holds for a person, for programs: balances and entries."""
