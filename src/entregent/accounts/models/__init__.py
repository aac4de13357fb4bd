"""The facts of this room."""

from .accounts import Account
from .jobs import Job
from .members import Invitation, Membership, Role, Team, Token
from .users import User

__all__ = ["Account", "Invitation", "Job", "Membership", "Role", "Team", "Token", "User"]
