"""What the judge says of good plans made bad."""
