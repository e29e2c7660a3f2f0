"""Say what each further printed paper says, one group of papers a file; each declares its kinds beside it."""
