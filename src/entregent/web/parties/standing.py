"""The choices of a record's form: statuses, families, skills, tags, users."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.standing.standing import users
from entregent.directory.fields.field_types import Item, User, Words
from entregent.directory.fields.register import fields_of
from entregent.directory.items.register import choice_names
from entregent.directory.models import ContactStatus
from entregent.directory.parties.cards import Card, by_name
from entregent.directory.parties.cleaning import item_key
from entregent.web.links import suggesting

from .fields import OpenSelectMultiple, give_choices


def offer(form: forms.Form, kind: str, by: Actor, base: Card) -> None:
    """Set the inputs' choices, including values that the record already has."""
    nothing = {"status": _("No status"), "family": _("No family")}
    for field in fields_of(kind, Item, User, Words):
        name, listed = field.name, field.type
        if name not in form.fields:
            continue
        if isinstance(listed, Item):
            give_choices(form, name, [("", nothing[name]), *_words(by, listed.items, by_name(base).get(name))])
        elif isinstance(listed, User):
            give_choices(form, name, [("", _("Nobody")), *_users(by, base.get("assigned_to"))])
        elif isinstance(listed, Words):
            new = name == "tags" or by.may(Can.WRITE_ITEMS)
            form.fields[name].widget = OpenSelectMultiple(suggesting(by, listed.items, new=new))


def initial(base: Card) -> dict[str, Any]:
    """Return the initial values; for a new record, with the account's default status."""
    status = base["status"]
    if status is None and "skills" in base:
        status = ContactStatus.objects.filter(is_default=True).values_list("name", flat=True).first()
    return {"status": status or "", "assigned_to": str(base["assigned_to"] or ""), "skills": base.get("skills", [])}


def name_of_user(user_id: int | None) -> str:
    """Return the name of the user a record is assigned to, who may have left since."""
    if user_id is None:
        return ""
    member = Membership.objects.filter(user_id=user_id).select_related("user").first()
    return member.marked if member else _("a user who has left")


def _words(by: Actor, code: str, held: str | None) -> list[tuple[str, str]]:
    names = choice_names(by, code)
    if held and item_key(held) not in {item_key(name) for name in names}:
        names.append(held)
    return [(name, name) for name in names]


def _users(by: Actor, held: int | None) -> list[tuple[str, str]]:
    found = users(by)
    if held and str(held) not in dict(found):
        found.append((str(held), name_of_user(held)))
    return found
