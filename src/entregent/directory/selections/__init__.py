"""Searches of the directory: words, conditions, nested filters, and pages of results."""
