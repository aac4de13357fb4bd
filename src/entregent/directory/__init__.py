"""People and organisations, in one table, and who may see them. Nothing here writes to the journal."""
