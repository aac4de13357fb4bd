"""Lists («Listes»): create and change them, add and remove members, undo that."""
