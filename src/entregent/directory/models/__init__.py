"""The models of the directory."""

from .corrections import Correction
from .custom import CustomField, CustomValue
from .items import ContactStatus, HiddenItem, Item, JobFunction, ListCategory, OrganisationFamily, Skill
from .links import PartySkill, PartyTag, Position, Share, Tag
from .lists import ContactList, ListMember, ListTeam, Reach, SavedView
from .parties import Party
from .ways import Address, Channel

__all__ = [
    "Address",
    "Channel",
    "ContactList",
    "ContactStatus",
    "Correction",
    "CustomField",
    "CustomValue",
    "HiddenItem",
    "Item",
    "JobFunction",
    "ListCategory",
    "ListMember",
    "ListTeam",
    "OrganisationFamily",
    "Party",
    "PartySkill",
    "PartyTag",
    "Position",
    "Reach",
    "SavedView",
    "Share",
    "Skill",
    "Tag",
]
