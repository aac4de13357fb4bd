"""What the worker does for this room from time to time; ``actions.apps`` finds it at start-up."""

from .reference import weekly  # noqa: F401
