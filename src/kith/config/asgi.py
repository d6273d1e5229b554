"""Kith as an ASGI application, for those who bring a server of their own."""

from kith.config.ground.application import application

__all__ = ["application"]
