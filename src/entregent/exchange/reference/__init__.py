"""Sync the shared directory with files, and notify the accounts that read it (A6, X11)."""
