"""Care rules as data: a moment, a segment, an hour and steps of kindnesses."""
