"""The facts of this room."""

from .links import PartyTag, Position, Share, Tag
from .parties import Party
from .ways import Address, Channel

__all__ = [
    "Address",
    "Channel",
    "Party",
    "PartyTag",
    "Position",
    "Share",
    "Tag",
]
