"""Switches of the whole installation: muted after a restore until an operator lifts it."""

from kith.kernel.switches.state import is_muted, mute, unmute

__all__ = ["is_muted", "mute", "unmute"]
