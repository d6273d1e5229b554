"""Short words to a device: web push and SMS, by adapter, leased and sent as mails are."""
