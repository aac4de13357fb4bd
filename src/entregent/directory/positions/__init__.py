"""People's positions in organisations: who may see them, who holds a function today."""
