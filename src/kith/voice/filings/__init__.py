"""Filing receipts: every idea handed in gets an entry of a hash chain, which proves that it was there, and when."""
