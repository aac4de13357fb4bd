"""A party as plain data: typed, cleaned, written, read back, and what its row repeats for lists."""
