"""Working hours: which calendar has which, and which follow from a day on."""
