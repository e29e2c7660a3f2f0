"""Hold the verbs of the command line: each reads its words, calls the pipeline once, and prints."""
