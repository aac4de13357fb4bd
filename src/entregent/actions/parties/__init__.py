"""Add and change contacts and organisations."""
