"""Why something is missing, and which changes would help, each tried."""
