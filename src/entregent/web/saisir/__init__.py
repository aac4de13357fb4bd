"""«Saisir»: search for a record first, then add, edit or delete."""
