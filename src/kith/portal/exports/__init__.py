"""Taking lists out as files: the address, and the kinds that are about people, customers and units."""
