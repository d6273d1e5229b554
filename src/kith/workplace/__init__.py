"""The working day of employees: personnel matters that change who is where and who stands in for whom."""
