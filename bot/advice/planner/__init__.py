"""The planner: the shortest honest way from here to there."""
