"""A person's positions in organisations: attach, change, detach, delete; find or create their organisations."""
