"""The conditions that a search may carry: what each asks of a party (X2). One register, which every door reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from entregent.accounts.actor import Actor
from entregent.directory.fields import custom_filters
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Problem, problem_of
from entregent.directory.models import (
    Address,
    ContactStatus,
    ListMember,
    OrganisationFamily,
    Party,
    PartySkill,
    PartyTag,
    Position,
    Tag,
)
from entregent.directory.parties.cards import CUSTOM
from entregent.directory.parties.cleaning import item_key, tag_key
from entregent.directory.positions.whereabouts import held_today, holds, in_department, in_known
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold

from .addresses import others, text_of, unreadable
from .nested import condition, parse
from .search import matching

NONE = "-"
"""What stands for «none» as a condition's value."""
ME = ("moi", "me")
DEEPEST = 5
"""So many dynamic lists may be made of each other."""
MOST_ASKED = 300
"""So many conditions are asked in one question, those of its lists counted in: each looks up its own before."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: a condition must not tell who is in an organisation hidden from them (B3).

    ``by``: None while a condition is only checked for its form. ``within``: the lists whose searches are being
    followed; one that comes back to itself selects nobody. ``asked``: the conditions met, in all lists together.
    """

    by: Actor | None
    within: frozenset[int] = frozenset()
    asked: list[str] = field(default_factory=list)


def _tag(value: str, asking: Asking) -> Q:
    tags = Tag.readable.filter(key=tag_key(value)).order_by().values("pk")
    return Q(pk__in=PartyTag.readable.filter(tag__in=tags).values_list("party", flat=True))


def _organisation(value: str, asking: Asking) -> Q:
    if not value.isdecimal() or len(value) > 18:
        raise Bad("organisation_unknown")
    if asking.by is None:
        return Q()
    roots = Party.readable.known_to(asking.by).filter(pk=int(value)).values(root=Coalesce("base", "pk"))
    return Q(pk__in=Position.readable.filter(organisation__in=roots).values_list("contact", flat=True))


def _active(value: str, asking: Asking) -> Q:
    return Q(active=_yes(value))


def _yes(value: str) -> bool:
    if value.casefold() not in ("true", "false", "1", "0", "oui", "non", "yes", "no"):
        raise Bad("boolean")
    return value.casefold() in ("true", "1", "oui", "yes")


def _function(value: str, asking: Asking) -> Q:
    held = Position.readable.filter(held_today(), function_key=fold(value)[:150])
    return Q(pk__in=in_known(held, asking.by).values_list("contact", flat=True))


def _own(asking: Asking) -> Q:
    """Where the operator stands with a shared record is nobody else's business."""
    return Q(account=asking.by.account.pk) if asking.by and asking.by.account.reference_id else Q()


def _status(value: str, asking: Asking) -> Q:
    """By its name; ``-``: without any."""
    if value == NONE:
        return ~(Q(status__isnull=False) & _own(asking))
    found = ContactStatus.readable.filter(key=item_key(value))
    return Q(status__in=list(found.values_list("pk", flat=True)) if asking.by else []) & _own(asking)


def _skill(value: str, asking: Asking) -> Q:
    return Q(pk__in=PartySkill.readable.filter(skill__key=item_key(value)).values_list("party", flat=True))


def _family(value: str, asking: Asking) -> Q:
    if value == NONE:
        return Q(family=None)
    found = OrganisationFamily.readable.filter(key=item_key(value))
    return Q(family__in=list(found.values_list("pk", flat=True)) if asking.by else [])


def _assigned_to(value: str, asking: Asking) -> Q:
    """To a user by id, to oneself (``moi``), to nobody (``-``)."""
    if value == NONE:
        return ~(Q(assigned_to__isnull=False) & _own(asking))
    if value in ME:
        return Q(assigned_to=asking.by.user_id if asking.by else None) & _own(asking)
    if not value.isdecimal() or len(value) > 18:
        raise Bad("user_unknown")
    return Q(assigned_to=int(value)) & _own(asking)


def _mail_refused(value: str, asking: Asking) -> Q:
    refused = Q(mail_refused_at__isnull=False) & _own(asking)
    return refused if _yes(value) else ~refused


def _had_function(value: str, asking: Asking) -> Q:
    """Now or before: what the reference list of functions counts."""
    held = Position.readable.filter(function_key=fold(value)[:150])
    return Q(pk__in=in_known(held, asking.by).values_list("contact", flat=True))


def _city(value: str, asking: Asking) -> Q:
    return Q(pk__in=Address.readable.filter(city_key=fold(value)[:120]).values_list("party", flat=True))


def _postal_code(value: str, asking: Asking) -> Q:
    return Q(
        pk__in=Address.readable.filter(postal_code__startswith=value.upper()[:20]).values_list("party", flat=True)
    )


def _country(value: str, asking: Asking) -> Q:
    return Q(pk__in=Address.readable.filter(country=value.upper()[:2]).values_list("party", flat=True))


def _added_since(value: str, asking: Asking) -> Q:
    return Q(created_at__date__gte=parse_date(value))


def _updated_since(value: str, asking: Asking) -> Q:
    """Since the beginning of a day, or a moment: «2026-11-21T08:00:00Z»; without a zone, where the account is."""
    try:
        moment = parse_datetime(value) if ":" in value else datetime.combine(parse_date(value), time.min)
    except ValueError:  # well written, and no time of any day
        moment = None
    if moment is None:
        raise Bad("date", value=value)
    return Q(updated_at__gte=timezone.make_aware(moment) if timezone.is_naive(moment) else moment)


def _no_action_for(value: str, asking: Asking) -> Q:
    if not value.isdecimal() or len(value) > 5:
        raise Bad("shape")
    return Q(last_action_at__lt=timezone.now() - timedelta(days=int(value)))


def _list(value: str, asking: Asking) -> Q:
    """A static list has its members; a dynamic one is its own search, asked by the same reader."""
    if not value.isdecimal() or len(value) > 18:
        raise Bad("list_unknown")
    if asking.by is None:
        return Q()
    found = seen_lists(asking.by).filter(pk=int(value)).first()
    if found is None or found.pk in asking.within or len(asking.within) > DEEPEST:
        raise Bad("list_behind" if asking.within else "list_unknown")
    if not found.is_dynamic:
        return Q(pk__in=ListMember.objects.filter(list=found).values_list("party", flat=True))
    kind, words = found.search.get("kind", "p"), words_in(found.search)
    asked = Q(kind=kind) & ask_all(conditions_in(found.search), replace(asking, within=asking.within | {found.pk}))
    if words:
        asked &= Q(pk__in=matching(Party.readable.filter(kind=kind), words).values_list("pk", flat=True))
    return asked


def _source(value: str, asking: Asking) -> Q:
    """``mine``: the account's own records; ``service``: those of the shared directory, under a layer or not."""
    if value not in ("mine", "service"):
        raise Bad("shape")
    own = Q(account=asking.by.account.pk if asking.by else None, base=None)
    return own if value == "mine" else ~own


FILTERS: dict[str, Callable[[str, Asking], Q]] = {
    "tag": _tag,
    "organisation": _organisation,
    "status": _status,
    "skill": _skill,
    "family": _family,
    "assigned_to": _assigned_to,
    "mail_refused": _mail_refused,
    "active": _active,
    "function": _function,
    "had_function": _had_function,
    "holder": lambda value, asking: holds(value, asking.by),
    "list": _list,
    "city": _city,
    "postal_code": _postal_code,
    "department": lambda value, asking: in_department(value),
    "country": _country,
    "language": lambda value, asking: Q(language=value),
    "added_since": _added_since,
    "no_action_for": _no_action_for,
    "source": _source,
    "updated_since": _updated_since,
    "f": lambda value, asking: condition(parse(value), lambda name, one: _leaf(name, one, asking)),
}
"""Each condition that an address may carry: name → what it asks of a party."""


def _leaf(name: str, value: str, asking: Asking) -> Q:
    """A condition within a nested filter."""
    if name == "f":
        raise Bad("filter_unknown", name=name)
    return ask(name, value, asking)


def ask(name: str, value: str, asking: Asking) -> Q:
    """What one condition asks of a party. Raises ``Bad`` where it has no sense."""
    if unreadable(value):
        raise Bad("shape")
    asking.asked.append(name)
    if len(asking.asked) > MOST_ASKED:
        raise Bad("filter_asks_much", limit=MOST_ASKED)
    if name in FILTERS:
        return FILTERS[name](value, asking)
    if not name.startswith(CUSTOM):
        raise Bad("filter_unknown", name=name)
    return custom_filters.asked_of(asking.by, name, value)


def conditions_in(params: Mapping[str, Any]) -> dict[str, str]:
    """The conditions among an address's parameters: name → value, both as there.

    One that there is not is among them, and has no sense; what is left empty, as forms send it, asks nothing.
    """
    given = {name: text_of(params.get(name)) for name in (*FILTERS, *others(params, FILTERS))}
    return {name: value for name, value in given.items() if value}


def words_in(params: Mapping[str, Any]) -> str:
    """What an address's parameters look for."""
    return text_of(params.get("q"))[:200]


def problems_of(conditions: Mapping[str, str]) -> tuple[Problem, ...]:
    """What can't be read of them, whoever asks."""
    problems = []
    for name, value in conditions.items():
        try:
            ask(name, value, Asking(None))
        except Bad as bad:
            problems.append(problem_of(name, bad))
    return tuple(problems)


def ask_all(conditions: Mapping[str, str], asking: Asking) -> Q:
    """What they ask of a party, all together. Raises ``Bad`` where one has no sense."""
    asked = Q()
    for name, value in conditions.items():
        asked &= ask(name, value, asking)
    return asked
