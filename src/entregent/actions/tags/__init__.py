"""Tags put on and taken off (B2)."""
