"""What a plan teaches, to whom, by when; its hours and rules."""
