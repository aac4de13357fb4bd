"""What the worker does for this room; ``actions.apps`` finds it at start-up."""

from . import importing  # noqa: F401
from .reference import syncing  # noqa: F401
