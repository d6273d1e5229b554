"""Sessions in their own table: one query a request answers who is asking."""
