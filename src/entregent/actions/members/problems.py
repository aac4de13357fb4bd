"""Error sentences about the account itself: its users, roles, teams and settings."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES, clean_name, refuse

SENTENCES.update(
    {
        "member_already": _("%(email)s already belongs to this account."),
        "member_ended": _("This user no longer belongs to the account. Invite them again."),
        "invitation_over": _(
            "This invitation has been used or withdrawn, is more than seven days old, or was sent by someone who may "
            "no longer invite you."
        ),
        "invitation_other": _("This invitation is for %(email)s."),
        "last_administrator": _("%(name)s is the last administrator. Give somebody else this role first."),
        "role_fixed": _("This role comes with the program: it can be neither changed nor deleted."),
        "role_used": _("This role is still used by %(names)s. Give them another one first."),
        "role_unknown": _("This role no longer exists."),
        "beyond": _("You can't give or take away permissions that you don't have yourself."),
        "permission_unknown": _("Unknown permission. Choose one from the list."),
        "name_taken": _("This name is already taken."),
        "team_unknown": _("This team no longer exists."),
        "team_shown": _("This team still sees: %(names)s. Change who sees them first."),
        "timezone": _("Unknown time zone. Choose one from the list."),
        "organisation_word": _("Choose one of the three words."),
        "bin_days": _("From 0 to 365 days."),
        "bin_lowered": _(
            "Records in the bin that would be deleted for good in a day: %(count)s. Confirm it, or keep more days."
        ),
    }
)


def names_of(things: list, most: int = 5) -> str:
    """Return the names of the first ``most`` things, with «…» when there are more."""
    shown = ", ".join(str(thing) for thing in things[:most])
    return f"{shown}…" if len(things) > most else shown


def free_name(value: str, others: QuerySet) -> str:
    """Return the cleaned name. Raises ``Invalid`` if it is empty, too long, or taken in ``others`` in any case."""
    name = clean_name(value, 80)
    if others.filter(name__iexact=name).exists():
        refuse("name", "name_taken")
    return name
