"""Messages and their deliveries: one row a recipient is inbox entry, channel and acknowledgement in one."""
