"""What holds for whatever hypothesis can think of."""
