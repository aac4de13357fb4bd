"""What the operator of the shared directory does (A6)."""
