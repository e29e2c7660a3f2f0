"""What tests share; it is tested itself, in test_small.py."""
