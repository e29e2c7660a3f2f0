"""Choose a topic for every meeting: the only room that knows the solver."""
