"""Exports of a selection as a file."""
