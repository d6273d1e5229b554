"""The moment birthday: in which year, on which date and at which instant, in every zone at once."""
