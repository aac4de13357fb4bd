"""Entregent: a contact manager for organisations that work in French."""

__version__ = "0.1.0"
