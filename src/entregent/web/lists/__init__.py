"""«Listes»: lists by category, their members, and the forms to create and change them."""
