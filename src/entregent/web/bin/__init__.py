"""«Corbeille»: what was deleted and can be restored."""
