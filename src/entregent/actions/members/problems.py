"""What can be wrong about the account itself: its users, roles, teams and settings."""

from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES, Invalid, Problem

SENTENCES.update(
    {
        "member_already": _("%(email)s already belongs to this account."),
        "member_ended": _("This user no longer belongs to the account. Invite them again."),
        "invitation_over": _("This invitation has been used, withdrawn, or is more than seven days old."),
        "invitation_other": _("This invitation is for %(email)s."),
        "last_administrator": _("%(name)s is the last administrator. Give somebody else this role first."),
        "role_fixed": _("This role comes with the program: it can neither be changed nor deleted."),
        "role_used": _("This role is that of %(names)s. Give them another one first."),
        "role_unknown": _("This role does not exist, or no more."),
        "beyond": _("Nobody can give, or take from somebody, more than they may do themselves."),
        "permission_unknown": _("This permission is not known. Choose it from the list."),
        "name_taken": _("There is one by this name already."),
        "team_unknown": _("This team does not exist, or no more."),
        "team_shown": _("Records are shown to this team: %(names)s. Change who sees them first."),
        "timezone": _("This time zone is not known. Choose it from the list."),
        "organisation_word": _("Choose one of the three words."),
        "bin_days": _("From 0 to 365 days."),
    }
)


def refuse(field: str, code: str, **params: object) -> NoReturn:
    """Raise ``Invalid`` with this one problem."""
    raise Invalid([Problem(field, code, params)])


def names_of(things: list, most: int = 5) -> str:
    """The first few by name, and that there are more."""
    shown = ", ".join(str(thing) for thing in things[:most])
    return f"{shown}…" if len(things) > most else shown


def clean_name(value: str, others, limit: int = 80, field: str = "name") -> str:
    """A name that is there, short enough, and not that of one of ``others`` (a queryset). Raises ``Invalid``."""
    name = " ".join(value.split())
    if not name:
        refuse(field, "required")
    if len(name) > limit:
        refuse(field, "too_long", limit=limit)
    if others.filter(name__iexact=name).exists():
        refuse(field, "name_taken")
    return name
