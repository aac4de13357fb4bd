"""Conditions on positions in organisations, and on addresses."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.directory.models import Address, Party, Position
from entregent.directory.selections.condition import Asking, Condition, Offered, Subject
from entregent.directory.selections.inputs import Choice, ItemName, OrganisationId, Words, reader_language
from entregent.directory.selections.register import offer
from entregent.kernel.countries import countries, country_name
from entregent.kernel.departments import department_code, department_name, departments
from entregent.kernel.text import fold

from .whereabouts import addresses_in, holds, in_known, split_holder


def _department(code: str) -> str:
    return f"{department_name(code)} ({code})"


def _organisation(pk: int, asking: Asking) -> Q:
    roots = Party.readable.known_to(asking.by).filter(pk=pk).values(root=Coalesce("base", "pk"))
    return Q(pk__in=Position.readable.filter(organisation__in=roots).values_list("contact", flat=True))


offer(Condition(
    "organisation", "p", Subject.POSITIONS, lambda by: organisation_word(by.account).One, OrganisationId(),
    _organisation, _("%(label)s is “%(value)s”"),
))  # fmt: skip


offer(Condition(
    "function", "p", Subject.POSITIONS, _("Function"), ItemName("functions", counted=False),
    lambda name, asking: holds(asking.by, "", [name]), _("Function is “%(value)s”"),
))  # fmt: skip


def _had_function(name: str, asking: Asking) -> Q:
    held = Position.readable.filter(function_key=fold(name)[:150])
    return Q(pk__in=in_known(held, asking.by).values_list("contact", flat=True))


offer(Condition(
    "had_function", "p", Subject.POSITIONS, _("Has or had the function"), ItemName("functions"), _had_function,
    _("Has or had the function “%(value)s”"), offered=Offered.BUILDER,
    description="A function held today or before.",
))  # fmt: skip


class Holder(ItemName):
    """A function, in a département or everywhere: «01:Maire», «:Président|Présidente»."""

    def parse(self, text: str) -> tuple[str, tuple[str, ...]]:
        return split_holder(text)

    def renamed(self, text: str, old_key: str, name: str) -> str:
        department, functions = split_holder(text)
        return f"{department}:{'|'.join(name if fold(one) == old_key else one for one in functions)}"


def _holder_sentence(by: Actor, value: Any) -> str:
    department, functions = value
    words = {"function": " / ".join(functions), "department": _department(department)}
    if not department:
        return gettext("Holds the function “%(function)s” today") % words
    return gettext("Holds the function “%(function)s” today – %(department)s") % words


offer(Condition(
    "holder", "p", Subject.POSITIONS, _("Holds the function today"), Holder("functions", 200, counted=False),
    lambda value, asking: holds(asking.by, *value), _holder_sentence, offered=Offered.NOWHERE,
    description="Who holds a function today in a département: 01:Maire.",
))  # fmt: skip


def _at(addresses: QuerySet[Address]) -> Q:
    return Q(pk__in=addresses.values_list("party", flat=True))


offer(Condition(
    "city", "po", Subject.ADDRESSES, _("City"), Words(120, suggests="cities"),
    lambda name, asking: _at(Address.readable.filter(city_key=fold(name)[:120])), _("City is “%(value)s”"),
))  # fmt: skip

offer(Condition(
    "department", "po", Subject.ADDRESSES, _("Département"),
    Choice(60, choices=lambda by: departments(), reads=department_code, shows=_department),
    lambda code, asking: _at(addresses_in(code)), _("Département is %(value)s"),
    description="A French département: its number or its name.",
))  # fmt: skip


offer(Condition(
    "country", "po", Subject.ADDRESSES, _("Country"),
    Choice(
        2,
        choices=lambda by: countries(reader_language()),
        reads=str.upper,
        shows=lambda code: country_name(code, reader_language()) or code,
    ),
    lambda code, asking: _at(Address.readable.filter(country=code[:2])), _("Country is %(value)s"),
))  # fmt: skip


offer(Condition(
    "postal_code", "po", Subject.ADDRESSES, _("Postal code (or its beginning)"), Words(20),
    lambda text, asking: _at(Address.readable.filter(postal_code__startswith=text.upper()[:20])),
    _("Postal code begins with %(value)s"), offered=Offered.BUILDER,
    description="How the postal code begins.",
))  # fmt: skip
