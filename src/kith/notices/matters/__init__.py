"""Need to know: the author states the matter, and from it follows who must hear."""
