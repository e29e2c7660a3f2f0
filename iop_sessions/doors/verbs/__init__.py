"""Hold the verbs of the command line: each reads its words, calls one job, and prints."""
