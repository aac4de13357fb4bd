"""Change who may see records (B3)."""
