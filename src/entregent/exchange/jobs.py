"""Jobs of this room; ``actions.apps`` imports this module at start-up."""

from . import importing  # noqa: F401
from .reference import syncing  # noqa: F401
