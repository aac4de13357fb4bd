"""The facts. People and organisations on one root, and who may see them. Nothing here writes a journal."""
