"""The columns of lists, and each user's choice (X2)."""
