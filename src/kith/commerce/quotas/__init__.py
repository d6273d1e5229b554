"""Quotas: how many units a person may buy at prices that need one, in a year."""
