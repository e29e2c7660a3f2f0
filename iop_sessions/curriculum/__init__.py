"""Tables, guides and handouts read as records, and the questions they answer."""
