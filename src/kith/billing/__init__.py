"""Payers, invoices, payments, payment processes and payroll deductions; never knows an order."""
