"""A party as plain data: clean, write and read it, and compute the columns that lists show."""
