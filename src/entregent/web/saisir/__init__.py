"""«Saisir»: add, modify, delete, search first."""
