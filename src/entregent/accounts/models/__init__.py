"""Models of accounts, users, members, jobs and security events."""

from .accounts import Account
from .jobs import Job
from .members import Invitation, Membership, Role, Team, Token
from .security import ResetRequest, SecurityEvent
from .users import User
