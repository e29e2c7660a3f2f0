"""What each job found, as lines for people and as facts for programs."""
