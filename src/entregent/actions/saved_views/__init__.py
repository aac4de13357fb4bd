"""Saved views and chosen columns (X2)."""
