"""Checks of cards that need the database: e-mail addresses in use, tags, teams, users, custom fields."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.actions.standing.standing import active_members
from entregent.directory.fields.custom import definitions, fields_for
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Channel, CustomField, Party
from entregent.directory.parties.cards import CUSTOM, Card
from entregent.directory.parties.cleaning import Clean, tag_key
from entregent.store.prepared import MOST_VALUES, prepared


def check_emails(by: Actor, cleans: Sequence[Clean], besides: Collection[int] = ()) -> list[list[Problem]]:
    """Return per card the problems of e-mail addresses that another person of the account has (D2). One query.

    A problem names the other person if ``by`` may see them, in the bin or not (std B25). ``besides``: ids of the
    cards' own parties. Addresses marked as shared are not refused (std B26).
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
    """Return the exclusive addresses with these keys: by prepared SQL for a few, as one parameter for many."""
    few = len(keys) <= MOST_VALUES
    found = Channel.objects.filter(**{"key__in" if few else "key__among": keys}, exclusive=True)
    return found.exclude(party_id__in=besides).select_related("party")


def _taken(field: str, holder: Party, visible: set[int]) -> Problem:
    if holder.pk not in visible:
        return Problem(field, "email_taken_hidden")
    code = "email_taken_bin" if holder.in_bin else "email_taken"
    return Problem(field, code, {"name": holder.name, "id": holder.pk})


def check_tags(by: Actor, clean: Clean, before: Card | None = None) -> list[Problem]:
    """Return a problem if the tags change and ``by`` may not tag (E3)."""
    held = {tag_key(name) for name in before["tags"]} if before else set()
    if by.may(Can.WRITE_TAGS) or {tag_key(name) for name in clean.tags} == held:
        return []
    return [Problem("tags", "tags_denied")]


def check_visibility(wanted: Sequence[dict[str, Any]], before: Sequence[Card | None]) -> list[list[Problem]]:
    """Return per record the problems of teams and users that are not part of the account (B3). Two queries at most.

    ``before``: the stored cards; teams and users that they already name may have left since and are accepted.
    """
    if not any(one["teams"] or one["users"] for one in wanted):
        return [[] for _ in wanted]
    fresh = [_fresh(one, card["visibility"] if card else {}) for one, card in zip(wanted, before, strict=True)]
    teams = {pk for one in fresh for pk in one["teams"]}
    users = {pk for one in fresh for pk in one["users"]}
    teams -= set(Team.objects.filter(pk__in=teams).values_list("pk", flat=True)) if teams else set()
    users -= active_members(users) if users else set()
    return [
        [Problem("visibility", "visibility_unknown")] if one["teams"] & teams or one["users"] & users else []
        for one in fresh
    ]


def _fresh(wanted: dict[str, Any], held: dict[str, Any]) -> dict[str, set[int]]:
    return {name: set(wanted[name]).difference(held.get(name, ())) for name in ("teams", "users")}


def check_custom(by: Actor, clean: Clean, before: Card | None = None, required: bool = True) -> list[Problem]:
    """Return the problems of the custom values that change. ``before``: the stored card.

    Retired fields, and sensitive ones that ``by`` may not see, are treated as unknown. ``required``: also check that
    required fields are filled in.
    """
    held: dict[str, Any] = before.get("custom", {}) if before else {}
    known = definitions(by.account)
    if not known:
        return []
    problems: list[Problem] = []
    for code in [*clean.custom, *(code for code in held if code not in clean.custom)]:
        value = clean.custom.get(code)
        if value != held.get(code):
            problems += _check_value(by, known[code], value, held.get(code))
    if required:
        for field in fields_for(by, clean.kind):
            if field.required and field.code not in clean.custom:
                problems.append(Problem(CUSTOM + field.code, "custom_required", {"field": field.label}))
    return problems


def also_refused(by: Actor, refused: Invalid, before: Card, party: int | None) -> list[Problem]:
    """Return what the database has against a card that its cleaner refused: a form shows all problems at once.

    ``before``: the stored card, or a blank one; ``party``: the id of its record, if it has one.
    """
    clean, named = refused.clean, {problem.field for problem in refused.problems}
    unread = any(name.startswith("email") for name in named)  # the others would be numbered wrongly
    taken = [] if unread else check_emails(by, [clean], [party] if party else [])[0]
    return [*taken, *(problem for problem in check_custom(by, clean, before) if problem.field not in named)]


def _check_value(by: Actor, field: CustomField, value: Any, before: Any) -> list[Problem]:
    name = CUSTOM + field.code
    if field.retired_at is not None or (field.sensitive and not by.may(Can.READ_SENSITIVE)):
        return [Problem(name, "custom_unknown")]
    if not field.choices:
        return []
    fresh = _codes(value) - _codes(before)
    return [
        Problem(name, "custom_choice_retired", {"choice": choice["label"]})
        for choice in field.choices
        if choice["code"] in fresh and (choice.get("retired") or choice.get("removed"))
    ]


def _codes(value: Any) -> set[str]:
    return set(value if isinstance(value, list) else [value])
