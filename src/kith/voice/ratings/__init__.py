"""Ratings: what people say of an answer or a thing, one to five stars and words; shown as a panel beside it."""
