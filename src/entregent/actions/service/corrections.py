"""«Proposer une correction»: an account tells the operator of one value; the operator applies or refuses it (A6).

What crosses from the account to the operator is the six columns of ``Proposal`` and no more: no name of a user, no
layer, no tag, nothing that the account added to the record.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor, Door
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import act
from entregent.actions.kinds import WRITE
from entregent.actions.parties import parties
from entregent.actions.turns import wait_turn
from entregent.directory.messages import SENTENCES, Invalid, Problem
from entregent.directory.models import Correction, Party
from entregent.directory.parties.cards import Card, merged
from entregent.directory.parties.cleaning import Cleaner
from entregent.directory.parties.reading import Record, record
from entregent.journal.deeds import Deed
from entregent.kernel import clock
from entregent.kernel.text import clean_text

from .leaving import retire
from .operating import operate

OPEN, ACCEPTED, REFUSED = Correction.Status.OPEN, Correction.Status.ACCEPTED, Correction.Status.REFUSED
LEFT, OTHER = "retired", "other"
_ADDRESS = ("street", "postal_code", "city")
FIELDS = {
    "p": ("last_name", "first_name", "civility", "email", "phone", "website", "function", *_ADDRESS, LEFT, OTHER),
    "o": ("name", "email", "phone", "website", *_ADDRESS, "siret", LEFT, OTHER),
}
"""What of a record can be corrected. ``retired``: «N'est plus en fonction»; ``other``: said in words."""
LONGEST = 2000

SENTENCES.update(
    {
        "correction_same": _("This is what the record says already."),
        "correction_there": _("Your account has proposed this already; the operator has yet to answer."),
        "correction_answered": _("Somebody has answered this meanwhile."),
        "correction_field": _("Choose what is to be corrected."),
        "correction_gone": _("This record is no more."),
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction as the operator sees it: columns of ``Correction``, and which account asks."""

    pk: int
    party_id: int
    field: str
    current: str
    proposed: str
    comment: str
    account: str
    at: datetime
    status: str
    answer: str

    @property
    def by_hand(self) -> bool:
        """Whether accepting it changes nothing by itself: the operator reads and does."""
        return self.field == OTHER


_COLUMNS = ("pk", "party_id", "field", "current", "proposed", "comment", "account__name", "at", "status", "answer")


def value_of(found: Record, field: str) -> str:
    """What a record says in one field, in words."""
    card = found.card
    if field in _ADDRESS:
        return (card["addresses"][0].get(field) or "") if card["addresses"] else ""
    if field in ("email", "phone", "website"):
        items = card[f"{field}s"]
        return items[0]["value"] if items else ""
    return found.party.function if field == "function" else "" if field in (LEFT, OTHER) else str(card[field] or "")


def now(party: Party, field: str) -> str:
    """What the shared record says in this field at the moment."""
    return value_of(record(party), field)


@transaction.atomic
def propose(by: Actor, party: Party, field: str, proposed: str, comment: str = "") -> Correction:
    """Tell the operator that a field of a shared record should say ``proposed``. Raises ``Invalid``."""
    with act(by, Deed.CORRECTION_PROPOSED, WRITE[party.kind]) as telling:
        wait_turn(by)
        root = Party.readable.filter(pk=party.root_id, account=by.account.reference_id).first()
        if root is None:
            raise Invalid([Problem("", "correction_gone")])
        found = record(root)
        proposed, comment = clean_text(proposed, LONGEST), clean_text(comment, LONGEST)
        current = _checked(by, found, field, proposed, comment)
        same = Correction.objects.filter(party=root, field=field, proposed=proposed, status=OPEN)
        if same.exists():
            raise Invalid([Problem("proposed", "correction_there")])
        correction = Correction.objects.create(
            account=by.account, party=root, field=field, current=current, proposed=proposed, comment=comment,
            by_id=by.user_id, at=telling.at,
        )  # fmt: skip
        told = {} if field in (LEFT, OTHER) else {field: [current, proposed]}
        telling.tell_many([(root.pk, root.name, root.version, told)])
    return correction


def _checked(by: Actor, found: Record, field: str, proposed: str, comment: str) -> str:
    """The current value; raises ``Invalid`` for what could not be kept anyway."""
    if field not in FIELDS[found.party.kind]:
        raise Invalid([Problem("field", "correction_field")])
    if field == LEFT:
        return ""
    if field == OTHER:
        if not comment and not proposed:
            raise Invalid([Problem("proposed", "required")])
        return ""
    current = value_of(found, field)
    if proposed == current:
        raise Invalid([Problem("proposed", "correction_same")])
    if field != "function":
        try:
            Cleaner(by.account).clean(found.party.kind, merged(found.card, _patch(field, proposed)))
        except Invalid as invalid:
            wrong = [problem for problem in invalid.problems if problem.field == field]
            if wrong:
                raise Invalid([Problem("proposed", wrong[0].code, wrong[0].params)]) from invalid
    return current


def _patch(field: str, proposed: str) -> Card:
    return {"address": {field: proposed}} if field in _ADDRESS else {field: proposed}


def proposals(by: Actor, status: str = OPEN, most: int = 200) -> list[Proposal]:
    """What accounts proposed to the operator, the oldest first while open."""
    operate(by)
    with everywhere("the operator reads what accounts proposed, and nothing else of them"):
        found = Correction.objects.filter(status=status, party__account=by.account)
        found = found.order_by("at" if status == OPEN else "-answered_at", "id")
        return [Proposal(*row) for row in found.values_list(*_COLUMNS)[:most]]


def proposal(by: Actor, pk: int) -> Proposal | None:
    """One of them; None when there is none."""
    operate(by)
    with everywhere("the operator reads what accounts proposed, and nothing else of them"):
        row = Correction.objects.filter(pk=pk, party__account=by.account).values_list(*_COLUMNS).first()
    return Proposal(*row) if row else None


@transaction.atomic
def answer(by: Actor, pk: int, accept: bool, text: str = "") -> Proposal:
    """Apply a proposal to the shared record, or refuse it; the account is told of it. Raises ``Invalid``."""
    operate(by)
    found = proposal(by, pk)
    if found is None:
        raise Invalid([Problem("", "correction_gone")])
    text = clean_text(text, LONGEST)
    if accept:
        _apply(by, found)
    with everywhere("an answer goes back to the account that proposed"):
        mine = Correction.objects.filter(pk=pk, status=OPEN)
        account = Account.objects.get(pk=Correction.objects.values_list("account", flat=True).get(pk=pk))
        done = mine.update(
            status=ACCEPTED if accept else REFUSED, answer=text, answered_by_id=by.user_id, answered_at=clock.now()
        )
    if not done:
        raise Invalid([Problem("", "correction_answered")])
    name = Party.objects.values_list("name", flat=True).get(pk=found.party_id)
    with act(by, Deed.CORRECTION_ANSWERED, Can.OPERATE) as telling:
        telling.say(name=name, correction=pk, accepted=accept)
    with inside(account), act(_voice(by, account), Deed.CORRECTION_ANSWERED) as telling:
        telling.say(name=name, correction=pk, accepted=accept)
    return found


def _apply(by: Actor, found: Proposal) -> None:
    party = Party.objects.filter(pk=found.party_id, binned_at=None).first()
    if party is None:
        raise Invalid([Problem("", "correction_gone")])
    if found.field == LEFT:
        retire(by, [party])
    elif found.field != OTHER:
        parties.update(by, party, _patch(found.field, found.proposed))


def _voice(by: Actor, account: Account) -> Actor:
    """The operator as the account's journal names it: the service, not the person."""
    return Actor(
        account=account, user_id=None, membership_id=None, name=by.account.name, language=account.language,
        permissions=frozenset(), door=Door.SYSTEM,
    )  # fmt: skip


def mine(by: Actor, party: Party | None = None) -> list[Any]:
    """What the account of ``by`` proposed, on one shared record or on all it may see, the newest first."""
    seen = Party.readable.known_to(by).values("pk")
    found = Correction.objects.filter(party__in=seen).select_related("party")
    return list((found.filter(party=party.root_id) if party else found)[:200])
