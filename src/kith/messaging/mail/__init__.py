"""Mail: every letter is a row first; leased, sent, marked; kept and shown where no server is set."""
