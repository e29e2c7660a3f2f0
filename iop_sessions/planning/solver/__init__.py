"""The model of one part, the solver that proves it best, and how a plan falls into parts."""
