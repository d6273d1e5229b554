"""The one search over everything a person may see."""
