"""What every room stands on: errors, words, colors, cells and files."""
