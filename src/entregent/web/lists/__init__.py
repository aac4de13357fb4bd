"""«Listes»: lists by category, who is in them, how they are made and changed."""
