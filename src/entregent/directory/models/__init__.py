"""The models of the directory."""

from .corrections import Correction
from .custom import CustomField, CustomValue
from .items import ContactStatus, HiddenItem, Item, JobFunction, ListCategory, OrganisationFamily, Skill
from .links import PartySkill, PartyTag, Position, Share, Tag
from .lists import ContactList, ListMember, ListTeam, Reach, SavedView
from .parties import Party
from .ways import Address, Channel
