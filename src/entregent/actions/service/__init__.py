"""Actions of the shared directory's operator (A6)."""
