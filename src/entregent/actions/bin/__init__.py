"""The bin: put in, restored, deleted for good (A2, B6, E8)."""
