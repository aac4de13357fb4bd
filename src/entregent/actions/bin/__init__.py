"""The bin: put records in, restore them, delete them for good (A2, B6, E8)."""
