"""The condition of being in a list."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.directory.models import ListMember, Party
from entregent.directory.selections.asking import ask_all, conditions_in, words_in
from entregent.directory.selections.condition import Asking, Condition, Subject
from entregent.directory.selections.inputs import ListId
from entregent.directory.selections.register import offer
from entregent.directory.selections.search import matching
from entregent.kernel.errors import Bad

from .reach import seen_lists

MOST_LISTS_DEEP = 5
"""How deep dynamic lists may refer to each other."""


def _in_list(pk: int, asking: Asking) -> Q:
    """Return the condition of being in a list; a dynamic list's search is run as the same reader."""
    found = seen_lists(asking.by).filter(pk=pk).first()
    if found is None or pk in asking.within or len(asking.within) > MOST_LISTS_DEEP:
        raise Bad("list_behind" if asking.within else "list_unknown")
    if not found.is_dynamic:
        return Q(pk__in=ListMember.objects.filter(list=found).values_list("party", flat=True))
    kind, words = found.search.get("kind", "p"), words_in(found.search)
    asked = Q(kind=kind) & ask_all(conditions_in(found.search), replace(asking, within=asking.within | {pk}))
    if words:
        seen = Party.readable.visible_to(asking.by).filter(kind=kind)
        asked &= Q(pk__in=matching(seen, words).values_list("pk", flat=True))
    return asked


offer(Condition(
    "list", "po", Subject.LISTS, _("List"), ListId(), _in_list, _("In the list “%(value)s”"),
    description="A list's id: who is in it.",
))  # fmt: skip
