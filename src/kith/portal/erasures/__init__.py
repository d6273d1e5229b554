"""The desk of requests to erase what is kept on a person: one asks, another decides."""
