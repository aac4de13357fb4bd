"""Conditions on positions in organisations, and on addresses."""

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.directory.models import Address, Position
from entregent.directory.selections.condition import Asking, Condition, Offered, Rows, Subject
from entregent.directory.selections.inputs import Choice, ItemName, OrganisationId, Words, reader_language
from entregent.directory.selections.known import ORGANISATIONS
from entregent.directory.selections.register import offer
from entregent.kernel.countries import countries, country_code, country_name
from entregent.kernel.departments import department_code, department_name, departments
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold

from .whereabouts import former, held_today, holding, in_department, in_known, join_holder, split_holder

_POSTAL_CODE = 20
"""The longest postal code."""


def _key(name: str, limit: int) -> str:
    """Return the key of a name. Raises ``Bad`` when it has none: it would find those without any."""
    key = fold(name)[:limit]
    if not key:
        raise Bad("filter_word")
    return key


def _country_code(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Bad("country")
    return code


def _department(code: str) -> str:
    return f"{department_name(code)} ({code})"


def _held(asked: Q, asking: Asking) -> Q:
    held = Position.readable.filter(held_today(), asked)
    return Q(pk__in=in_known(held, asking.by).values_list("contact", flat=True))


def _ever_held(asked: Q, asking: Asking) -> Q:
    return Q(pk__in=in_known(Position.readable.filter(asked), asking.by).values_list("contact", flat=True))


HELD = Rows(_held)
"""Positions held today."""
EVER_HELD = Rows(_ever_held)
"""Positions held today or before."""
AT = Rows(lambda asked, asking: Q(pk__in=Address.readable.filter(asked).values_list("party", flat=True)))
"""Postal addresses."""


def _organisation(pk: int, asking: Asking) -> Q:
    return Q(organisation=asking.known.find((ORGANISATIONS, pk)))


offer(Condition(
    "organisation", "p", Subject.POSITIONS, lambda by: organisation_word(by.account).One, OrganisationId(),
    _organisation, _("%(label)s is “%(value)s”"), rows=HELD,
    description="The id of an organisation where they have a position today.",
))  # fmt: skip


def _formerly_in(by: Actor) -> str:
    return gettext("Formerly in %(organisation)s") % {"organisation": organisation_word(by.account).the}


offer(Condition(
    "left_organisation", "p", Subject.POSITIONS, _formerly_in, OrganisationId(),
    lambda pk, asking: _organisation(pk, asking) & former(), _("Formerly in “%(value)s”"), rows=EVER_HELD,
    offered=Offered.BUILDER,
    description="The id of an organisation where they had a position, and have none today.",
))  # fmt: skip


offer(Condition(
    "function", "p", Subject.POSITIONS, _("Function"), ItemName("functions", counted=False),
    lambda name, asking: Q(function_key=_key(name, 150)), _("Function is “%(value)s”"), rows=HELD,
))  # fmt: skip


def _had_function(name: str, asking: Asking) -> Q:
    return Q(function_key=_key(name, 150))


offer(Condition(
    "had_function", "p", Subject.POSITIONS, _("Has or had the function"), ItemName("functions"), _had_function,
    _("Has or had the function “%(value)s”"), rows=EVER_HELD, offered=Offered.BUILDER,
    description="A function held today or before.",
))  # fmt: skip


class Holder(ItemName):
    """A function, in a département or everywhere: «01:Maire», «:Président|Présidente», of which one is enough."""

    def parse(self, text: str) -> tuple[str, tuple[str, ...]]:
        return split_holder(text)

    def texts(self, value: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
        return value[1]

    def renamed(self, text: str, old_key: str, name: str) -> str:
        department, functions = split_holder(text)
        return join_holder(department, [name if fold(one) == old_key else one for one in functions])


def _holder_sentence(by: Actor, value: Any) -> str:
    department, functions = value
    words = {"function": " / ".join(functions), "department": _department(department)}
    if not department:
        return gettext("Holds the function “%(function)s” today") % words
    return gettext("Holds the function “%(function)s” today – %(department)s") % words


offer(Condition(
    "holder", "p", Subject.POSITIONS, _("Holds the function today"), Holder("functions", 200, counted=False),
    lambda value, asking: holding(*value), _holder_sentence, rows=HELD, offered=Offered.NOWHERE,
    description="Who holds a function today in a département: 01:Maire.",
))  # fmt: skip


offer(Condition(
    "city", "po", Subject.ADDRESSES, _("City"), Words(120, suggests="cities"),
    lambda name, asking: Q(city_key=_key(name, 120)), _("City is “%(value)s”"), rows=AT,
    unmet=_("No record has the city “%(value)s”."),
))  # fmt: skip

offer(Condition(
    "department", "po", Subject.ADDRESSES, _("Département"),
    Choice(60, choices=lambda by: departments(), reads=department_code, shows=_department),
    lambda code, asking: in_department(code), _("Département is %(value)s"), rows=AT,
    description="A French département: its number or its name.",
))  # fmt: skip


offer(Condition(
    "country", "po", Subject.ADDRESSES, _("Country"),
    Choice(
        60,
        choices=lambda by: countries(reader_language()),
        reads=_country_code,
        shows=lambda code: country_name(code, reader_language()) or code,
    ),
    lambda code, asking: Q(country=code), _("Country is %(value)s"), rows=AT,
    description="A country: its ISO 3166-1 code, or its name in French or English.",
))  # fmt: skip


def _beginnings(text: str) -> list[str]:
    """Return the ways to write the beginning of a postal code: «H2X1» as «H2X 1», «75-0» as «750»."""
    code = re.sub(r"[\s.\-–]+", "", text).upper()
    if not code.isalnum():
        raise Bad("filter_word")
    if len(code) > _POSTAL_CODE:
        raise Bad("too_long", limit=_POSTAL_CODE)
    parts = [(code[:place], code[place:]) for place in range(2, len(code))]
    return [code, *(sign.join(part) for part in parts for sign in " -")]


def _postal_code(text: str, asking: Asking) -> Q:
    asked = Q()
    for beginning in _beginnings(text):
        asked |= Q(postal_code__startswith=beginning)
    return asked


offer(Condition(
    "postal_code", "po", Subject.ADDRESSES, _("Postal code (or its beginning)"), Words(20), _postal_code,
    _("Postal code begins with %(value)s"), unmet=_("No record has a postal code that begins with %(value)s."),
    rows=AT, offered=Offered.BUILDER,
    description="How the postal code begins.",
))  # fmt: skip
