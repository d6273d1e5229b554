"""What happened, in order, for programs: the feed of facts, with the keys under which things are known outside."""
