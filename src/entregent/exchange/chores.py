"""Periodic tasks of this room; ``actions.apps`` imports this module at start-up."""

from .reference import weekly  # noqa: F401
