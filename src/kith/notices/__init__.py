"""Messages that must reach everyone in a segment, with proof."""
