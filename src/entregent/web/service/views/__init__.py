"""The operator's console: what it has besides the pages that all accounts have."""
