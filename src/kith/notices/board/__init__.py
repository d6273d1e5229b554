"""The head-count board: safe, needs help, no answer, by site; also by a signed link without an account."""
