"""The columns of lists, and those that one chose (X2)."""
