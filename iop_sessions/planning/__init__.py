"""Which topic goes where, who leads it, and what would help where something lacks; knows no words."""
