"""What a card must fit beyond itself: addresses in use, teams and users of the account."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.permissions import Can
from entregent.directory.messages import Problem
from entregent.directory.models import Channel, Party
from entregent.directory.parties.cards import Card
from entregent.directory.parties.cleaning import Clean, tag_key
from entregent.store.prepared import MOST_VALUES, prepared


def check_emails(by: Actor, cleans: Sequence[Clean], besides: Collection[int] = ()) -> list[list[Problem]]:
    """For each card, its e-mails that another person of the account has (D2). One query for all cards.

    The other is named if ``by`` may see them, in the bin or not (std B25). ``besides``: parties that don't
    count, since the card is theirs. Addresses marked shared are not refused (std B26).
    """
    asked = {email.key for clean in cleans if clean.kind == "p" for email in clean.emails if not email.shared}
    if not asked:
        return [[] for _ in cleans]
    holders = {channel.key: channel.party for channel in _exclusive(sorted(asked), list(besides))}
    if not holders:
        return [[] for _ in cleans]
    visible = set(
        Party.readable.seen_by(by)
        .filter(pk__in=[party.pk for party in holders.values()])
        .values_list("pk", flat=True)
    )
    return [
        [
            _taken("email" if index == 0 else f"emails.{index}", holders[email.key], visible)
            for index, email in enumerate(clean.emails)
            if clean.kind == "p" and not email.shared and email.key in holders
        ]
        for clean in cleans
    ]


@prepared
def _exclusive(keys: list[str], besides: list[int]) -> QuerySet:
    """Addresses that nobody else may have. The SQL for a form's few is kept; a file's many travel together."""
    few = len(keys) <= MOST_VALUES
    found = Channel.objects.filter(**{"key__in" if few else "key__among": keys}, exclusive=True)
    return found.exclude(party_id__in=besides).select_related("party")


def _taken(field: str, holder: Party, visible: set[int]) -> Problem:
    if holder.pk not in visible:
        return Problem(field, "email_taken_hidden")
    code = "email_taken_bin" if holder.in_bin else "email_taken"
    return Problem(field, code, {"name": holder.name, "id": holder.pk})


def check_tags(by: Actor, clean: Clean, before: Card | None = None) -> list[Problem]:
    """Tags are changed by those who may tag, whichever form they use (E3)."""
    held = {tag_key(name) for name in before["tags"]} if before else set()
    if by.may(Can.WRITE_TAGS) or {tag_key(name) for name in clean.tags} == held:
        return []
    return [Problem("tags", "tags_denied")]


def check_visibility(wanted: dict[str, Any], before: Card | None = None) -> list[Problem]:
    """Teams and users that a record is shown to must be of the account (B3).

    ``before``: the card as it is kept; whom it was shown to already may have left since, and hinders no change.
    """
    held = before["visibility"] if before else {"teams": [], "users": []}
    teams = set(wanted["teams"]).difference(held["teams"])
    users = set(wanted["users"]).difference(held["users"])
    known = Team.objects.filter(pk__in=teams).count() if teams else 0
    members = Membership.objects.filter(user_id__in=users, active=True).count() if users else 0
    if known != len(teams) or members != len(users):
        return [Problem("visibility", "visibility_unknown")]
    return []
