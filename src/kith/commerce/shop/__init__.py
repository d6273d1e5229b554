"""The shop: what a visitor or buyer sees of a store, its list and its products."""
