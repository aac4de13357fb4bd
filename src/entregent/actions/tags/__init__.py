"""Add and remove tags (B2)."""
