"""Payroll deduction: paying from the next salary, within a limit and with consent."""
