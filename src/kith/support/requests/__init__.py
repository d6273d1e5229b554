"""Service requests: what somebody asks of us, who answers until when, and what was said."""
