"""Who owes what to whom until when, and the proof."""
