"""A plan changed after a surprise."""
