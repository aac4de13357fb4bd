"""Show an action's errors beside the fields of a record's form."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import Invalid, Problem
from entregent.directory.parties.cards import ADDRESS_PARTS, SHORT_FORMS
from entregent.web.fields.custom import form_name
from entregent.web.links import to

FIRST = SHORT_FORMS | dict.fromkeys(ADDRESS_PARTS, "addresses")
"""Field name of a list's main item in actions → the list."""
NAMES = {"shared_with": "visibility", "organisation_name": "organisation", "address": "street"}
"""Field name in actions → name in the form, if different."""


def show_problems(form: Any, invalid: Invalid, besides: Collection[str] = ()) -> None:
    """Add each problem to its field or row of a ``PartyForm``; ``besides``: fields that already have an error."""
    for problem in invalid.problems:
        message = _message(form.by, problem)
        plural, _dot, rest = problem.field.partition(".")
        first = FIRST.get(problem.field, "")
        if next(iter(form.sources.get(first, ())), None) is not None:  # no main item: the first is a row
            plural, rest = first, f"0.{problem.field}" if first == "addresses" else "0"
        if rest and plural in form.sets:
            _add_to_row(form, plural, rest, message)
            continue
        name = form_name(NAMES.get(problem.field, problem.field))
        if name not in besides:
            form.add_error(name if name in form.fields else None, message)


def _add_to_row(form: Any, plural: str, rest: str, message: str) -> None:
    """Add an error to a row. ``rest``: ``1`` or ``1.postal_code``, an index in the card's list (0: the main item)."""
    number, _dot, part = rest.partition(".")
    index = form.sources[plural][int(number)]
    if isinstance(index, str):
        form.add_error(index, message)
    elif index is None:
        name = part or {"addresses": "street"}.get(plural, plural[:-1])
        form.add_error(name if name in form.fields else None, message)
    else:
        form.sets[plural].forms[index].add_error(part or ("street" if plural == "addresses" else "value"), message)


def _message(by: Actor, problem: Problem) -> str:
    """Return the sentence, with a link to the record or the bin if it names one that ``by`` may see (D2)."""
    if problem.code not in ("email_taken", "email_taken_bin"):
        return problem.message
    binned = problem.code == "email_taken_bin"
    url = to(by, "bin:list") if binned else to(by, "contacts:page", problem.params["id"])
    link = _("Open the bin") if binned else _("Open the record of %(name)s") % {"name": problem.params["name"]}
    said = problem if binned else replace(problem, code="email_taken_organisation")  # the link replaces the question
    return format_html('{} <a href="{}">{}</a>', said.message, url, link)
