"""The inbox: what reached me, opened and acknowledged in place."""
