"""What the organization lays down for its notices: urgency budget, languages, the ladder of escalation."""
