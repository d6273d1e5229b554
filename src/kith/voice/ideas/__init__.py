"""Ideas: written by anyone, owned by someone, answered in time, rated by the author."""
