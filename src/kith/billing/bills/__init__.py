"""Bills on screen and on paper: shown, explained, paid online, also by a link without an account."""
