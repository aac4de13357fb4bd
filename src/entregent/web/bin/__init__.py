"""«Corbeille»: deleted records that can be restored."""
