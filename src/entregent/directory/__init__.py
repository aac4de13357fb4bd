"""People and organisations, their values, and who may see them. Nothing here writes the journal."""
