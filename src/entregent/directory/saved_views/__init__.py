"""The columns of lists, and those that a user chose (X2)."""
