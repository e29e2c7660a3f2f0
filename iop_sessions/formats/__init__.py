"""Pages as Word, PDF, HTML and iCalendar."""
