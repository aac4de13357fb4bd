"""Searches: words, conditions, nested filters, and the pages of results."""
