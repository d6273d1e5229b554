"""Whether this Kith is well: for load balancers, operators' tools and `kith doctor`."""
