"""Who leads which group, and where, once the topics are placed."""
