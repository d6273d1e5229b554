"""Children born, told by their parents themselves."""
