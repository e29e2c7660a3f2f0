"""What binds and what is wished for: each constraint, promise and wish in its own words."""
