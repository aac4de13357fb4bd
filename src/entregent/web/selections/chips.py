"""A selection's conditions as short sentences, each with the address of the list without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.words import organisation_word
from entregent.directory.fields import custom_filters
from entregent.directory.fields.custom_filters import Op
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import problem_of
from entregent.directory.models import CustomField, Party
from entregent.directory.parties.cards import CUSTOM
from entregent.directory.positions.whereabouts import split_holder
from entregent.directory.selections.conditions import ME, NONE
from entregent.directory.selections.nested import Leaf, Node, parse
from entregent.directory.selections.selections import Selection
from entregent.kernel.countries import country_name
from entregent.kernel.dates import parse_date
from entregent.kernel.departments import department_code, department_name
from entregent.kernel.errors import Bad
from entregent.kernel.languages import language_name
from entregent.shell.dates import exact

YES = ("true", "1", "oui", "yes")


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition: its ``sentence``, the address of the list ``without`` it; ``nested``: the builder changes it."""

    sentence: str
    without: str
    nested: bool = False


def chips(by: Actor, selection: Selection, keep: Mapping[str, str] | None = None) -> list[Chip]:
    """What is left in and out, condition by condition; the search's words first. One query at most.

    ``keep``: what the addresses say besides the selection (the view that is open).
    """
    found, keep = [], dict(keep or {})
    if selection.query:
        words = selection.params() | keep
        words.pop("q")
        found.append(Chip(_("Search: “%(words)s”") % {"words": selection.query}, address(words)))
    unread = {problem.field for problem in selection.problems}
    wrong = {problem.field: problem.message for problem in selection.problems_for(by)}
    for name, value in selection.conditions.items():
        if name in unread:
            sentence = _("“%(value)s”: %(problem)s") % {"value": value, "problem": wrong[name]}
        elif name in wrong and not name.startswith(CUSTOM):  # whose own sentence says what is wrong
            sentence = _("%(sentence)s: %(problem)s") % {
                "sentence": _sentence(by, name, value),
                "problem": wrong[name],
            }
        else:
            sentence = _sentence(by, name, value)
        found.append(Chip(sentence, address(selection.without(name).params() | keep), name == "f"))
    return found


def address(params: dict[str, str]) -> str:
    """A list's address with these parameters: relative to the list."""
    return f"?{urlencode(params)}"


def _custom(by: Actor, name: str, value: str) -> str:
    """A condition on a custom field; of one that the reader may not know of, that there is none."""
    try:
        asked = custom_filters.read(by, name, value)
    except Bad as bad:
        return _("“%(value)s”: %(problem)s") % {"value": value, "problem": problem_of(name, bad).message}
    words = {"field": asked.field.label, "value": custom_filters.shown_value(by, asked)}
    sentences = {
        Op.IS: _("%(field)s is “%(value)s”"),
        Op.CONTAINS: _("%(field)s contains “%(value)s”"),
        Op.AT_LEAST: _("%(field)s is at least %(value)s"),
        Op.AT_MOST: _("%(field)s is at most %(value)s"),
        Op.MORE: _("%(field)s is more than %(value)s"),
        Op.LESS: _("%(field)s is less than %(value)s"),
        Op.NONE: _("Without %(field)s"),
        Op.ANY: _("%(field)s is filled in"),
    }
    if asked.field.type == CustomField.Type.DATE:
        sentences |= {
            Op.AT_LEAST: _("%(field)s: from %(value)s on"),
            Op.AT_MOST: _("%(field)s: until %(value)s"),
            Op.MORE: _("%(field)s: after %(value)s"),
            Op.LESS: _("%(field)s: before %(value)s"),
        }
    return sentences[asked.op] % words


def nested_sentence(by: Actor, node: Node, inside: bool = False) -> str:
    """A nested filter as one sentence: «Statut est «Prospect» et (Ville est «Lyon» ou Balise est «presse»)»."""
    if isinstance(node, Leaf):
        return _sentence(by, node.name, node.value)
    said = [nested_sentence(by, part, True) for part in node.parts]
    if node.word == "not":
        return _("except (%(conditions)s)") % {"conditions": _(" or ").join(said)}
    whole = (_(" and ") if node.word == "and" else _(" or ")).join(said)
    return f"({whole})" if inside and len(said) > 1 else whole


def _sentence(by: Actor, name: str, value: str) -> str:
    if name == "f":
        return nested_sentence(by, parse(value))
    if name.startswith(CUSTOM):
        return _custom(by, name, value)
    language = (get_language() or "fr")[:2]
    match name:
        case "tag":
            return _("Tag is “%(tag)s”") % {"tag": value}
        case "organisation":
            return _("%(organisation)s is “%(name)s”") % {
                "organisation": organisation_word(by.account).One,
                "name": _name_of(by, value),
            }
        case "source":
            return _("Records of the account") if value == "mine" else _("Records of the service")
        case "status":
            return _("Status is “%(status)s”") % {"status": value} if value != NONE else _("Without a status")
        case "skill":
            return _("Has the skill “%(skill)s”") % {"skill": value}
        case "family":
            return _("Family is “%(family)s”") % {"family": value} if value != NONE else _("Without a family")
        case "assigned_to":
            return _assigned(by, value)
        case "mail_refused":
            return _("Refuses mailings") if value.casefold() in YES else _("Does not refuse mailings")
        case "active":
            return _("Active") if value.casefold() in YES else _("Inactive")
        case "had_function":
            return _("Has or had the function “%(function)s”") % {"function": value}
        case "function":
            return _("Function is “%(function)s”") % {"function": value}
        case "list":
            return _("In the list “%(name)s”") % {"name": _list_name(by, value)}
        case "holder":
            department, names = split_holder(value)
            said = {"function": " / ".join(names), "department": _department(department)}
            if not department:
                return _("Holds the function “%(function)s” today") % said
            return _("Holds the function “%(function)s” today – %(department)s") % said
        case "department":
            return _("Département is %(department)s") % {"department": _department(department_code(value))}
        case "postal_code":
            return _("Postal code begins with %(code)s") % {"code": value}
        case "city":
            return _("City is “%(city)s”") % {"city": value}
        case "country":
            return _("Country is %(country)s") % {"country": country_name(value.upper(), language) or value}
        case "language":
            return _("Language is %(language)s") % {"language": language_name(value, language)}
        case "added_since":
            return _("Added since %(day)s") % {"day": exact(parse_date(value))}
        case "updated_since":
            return _("Changed since %(day)s") % {"day": exact(parse_date(value))}
        case _:
            return ngettext("No action for %(days)d day", "No action for %(days)d days", int(value)) % {
                "days": int(value)
            }


def _assigned(by: Actor, value: str) -> str:
    if value == NONE:
        return _("Assigned to nobody")
    if value in ME:
        return _("Assigned to me")
    member = Membership.objects.filter(user_id=int(value)).select_related("user").first()
    return _("Assigned to %(name)s") % {"name": member or _("unknown")}


def _list_name(by: Actor, value: str) -> str:
    return seen_lists(by).filter(pk=int(value)).values_list("name", flat=True).first() or _("unknown")


def _department(code: str) -> str:
    return f"{department_name(code)} ({code})"


def _name_of(by: Actor, value: str) -> str:
    name = Party.readable.known_to(by).filter(pk=int(value)).values_list("name", flat=True).first()
    return name or _("unknown")
