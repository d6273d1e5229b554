"""The frame everyone renders into: shell, home, search, preferences, and the screens of people and access."""
