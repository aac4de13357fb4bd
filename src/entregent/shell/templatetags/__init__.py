"""The shell's template tags, available in every template without loading."""
