"""What ideas are asked for and under which terms: campaigns, the two clocks, and who may decide how much."""
