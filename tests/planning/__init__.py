"""One file for each constraint and each promise, and what they share."""
