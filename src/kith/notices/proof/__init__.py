"""The proof: who was sent which text, when it was acknowledged, and which exact words that covers."""
