"""Working times, holidays, shifts, absences and who stands in for whom."""
