"""Exports: rows that a person may see, as CSV, XLSX or JSON Lines, harmless to spreadsheets and fit for import."""
