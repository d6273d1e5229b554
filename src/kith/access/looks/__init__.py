"""Who looked at whose data: written when it happens, changed by nobody, deleted by age alone."""
