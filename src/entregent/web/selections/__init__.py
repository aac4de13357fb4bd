"""The lists of contacts and organisations, search and suggestions."""
