"""Floor 2: the facts. People and organisations on one root, and who may see them. Nothing here writes a journal."""
