"""What a notebook shows: a plan as tables, weeks and changes."""
