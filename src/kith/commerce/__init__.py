"""Stores: products, prices, baskets, orders, and gifts as orders at price zero."""
