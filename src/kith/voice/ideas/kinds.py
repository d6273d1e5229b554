"""Names of ours: the kinds of promises about an idea, the duty behind them, and the points its authors get."""

ANSWER, READ, DO = "idea", "idea-read", "idea-do"
DUTY = "ideas"
POINTS = "recognition-points"
OWED = (ANSWER, READ, DO)
