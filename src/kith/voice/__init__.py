"""Every voice gets an answer: ideas and the rating of answers."""
