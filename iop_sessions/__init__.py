"""Week-by-week group plans for intensive outpatient programs, from tables to Word."""

__version__ = "0.1.0"
