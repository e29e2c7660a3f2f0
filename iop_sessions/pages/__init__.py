"""What each paper says, as plain frozen blocks, and every sentence; knows no Word and no HTML."""
