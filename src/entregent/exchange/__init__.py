"""Importing, exporting and synchronising files, all through the actions."""
