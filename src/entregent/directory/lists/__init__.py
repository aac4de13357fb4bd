"""Lists («Listes») as they are read: members, counts, and who has which list."""
