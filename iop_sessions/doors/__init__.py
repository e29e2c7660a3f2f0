"""The ways in: command line and notebooks; each result in words and in JSON."""
