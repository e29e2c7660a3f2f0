"""A clinic's timetable, calendar and people, and the ways through it."""
