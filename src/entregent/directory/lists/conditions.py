"""The condition of being in a list."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.directory.models import ContactList, ListMember, Party
from entregent.directory.selections.asking import ask_all, conditions_in, words_in
from entregent.directory.selections.condition import Asking, Condition, Subject
from entregent.directory.selections.inputs import ListId
from entregent.directory.selections.known import ALL_LISTS
from entregent.directory.selections.register import offer
from entregent.directory.selections.search import matching
from entregent.kernel.errors import Bad

MOST_LISTS_DEEP = 5
"""How deep dynamic lists may refer to each other."""


def _in_list(pk: int, asking: Asking) -> Q:
    """Return the condition of being in a list; a dynamic list's search is run as the same reader."""
    found = asking.known.find((ALL_LISTS, pk))
    if pk in asking.within or len(asking.within) > MOST_LISTS_DEEP:
        raise Bad("list_behind")
    if not found.is_dynamic:
        return Q(pk__in=ListMember.objects.filter(list=found).values_list("party", flat=True))
    kind, words = found.search.get("kind", "p"), words_in(found.search)
    asked = Q(kind=kind) & _asked_by(found, replace(asking, within=asking.within | {pk}))
    if words:
        seen = Party.readable.visible_to(asking.by).filter(kind=kind)
        asked &= Q(pk__in=matching(seen, words).values_list("pk", flat=True))
    return asked


def _asked_by(found: ContactList, asking: Asking) -> Q:
    try:
        return ask_all(conditions_in(found.search), asking)
    except Bad as bad:
        if bad.code == ListId.unknown:
            raise Bad("list_behind") from bad
        raise


offer(Condition(
    "list", "po", Subject.LISTS, _("List"), ListId(), _in_list, _("In the list “%(value)s”"),
    description="A list's id: who is in it.",
))  # fmt: skip
