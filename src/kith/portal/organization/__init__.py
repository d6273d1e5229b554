"""Who the organization is: name, logo, languages, colours, rooms in use, and what an audience's home looks like."""
