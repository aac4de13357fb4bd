"""Bringing the shared directory up to date from files, and telling the accounts that read it (A6, X11)."""
