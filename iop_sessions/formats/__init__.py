"""Pages as Word, PDF and HTML, and feeds for calendars."""
