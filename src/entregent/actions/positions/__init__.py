"""A person's places in organisations: attach, change, detach, delete; organisations made on the way."""
