"""«Proposer une correction»: an account proposes a value for a shared record; the operator accepts or refuses (A6).

The operator sees the columns of ``Proposal`` and nothing else: no user's name, no layer, no tag, nothing that the
account added to the record.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import act, wait_turn
from entregent.actions.kinds import WRITE
from entregent.actions.parties import parties
from entregent.directory.messages import SENTENCES, Invalid, Problem, refuse
from entregent.directory.models import Correction, Party
from entregent.directory.parties.cards import Card, by_name, card_of, merged
from entregent.directory.parties.cleaning import Cleaner
from entregent.directory.parties.reading import Record, record
from entregent.kernel import clock
from entregent.kernel.text import clean_text

from .deeds import CORRECTION_ANSWERED, CORRECTION_PROPOSED
from .leaving import retire
from .operating import operate

OPEN, ACCEPTED, REFUSED = Correction.Status.OPEN, Correction.Status.ACCEPTED, Correction.Status.REFUSED
RETIRED, OTHER = "retired", "other"
_ADDRESS = ("street", "postal_code", "city")
CORRECTABLE_FIELDS = {
    "p": ("last_name", "first_name", "civility", "email", "phone", "website", "function", *_ADDRESS, RETIRED, OTHER),
    "o": ("name", "email", "phone", "website", *_ADDRESS, "siret", RETIRED, OTHER),
}
"""Kind → fields that can be corrected. ``retired``: «N'est plus en fonction»; ``other``: described in words."""
LONGEST_CORRECTION = 2000

SENTENCES.update(
    {
        "correction_same": _("The record already says this."),
        "correction_there": _("Your account has already proposed this; the operator has not answered yet."),
        "correction_answered": _("Someone else has already answered this."),
        "correction_field": _("Choose what to correct."),
        "correction_gone": _("This record no longer exists."),
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction as the operator sees it: columns of ``Correction``, and the name of the account."""

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
        """Whether the operator makes the change themselves: accepting it changes nothing."""
        return self.field == OTHER


_COLUMNS = ("pk", "party_id", "field", "current", "proposed", "comment", "account__name", "at", "status", "answer")


def value_of(found: Record, field: str) -> str:
    """Return the current value of one field of a record, as text."""
    card = found.card
    if field in _ADDRESS:
        return (card["addresses"][0].get(field) or "") if card["addresses"] else ""
    if field in ("email", "phone", "website"):
        items = by_name(card)[f"{field}s"]
        return items[0]["value"] if items else ""
    if field == "function":
        return found.party.function
    return "" if field in (RETIRED, OTHER) else str(by_name(card)[field] or "")


def now(party: Party, field: str) -> str:
    """Return the current value of one field of a shared record, as text."""
    return value_of(record(party), field)


@transaction.atomic
def propose(by: Actor, party: Party, field: str, proposed: str, comment: str = "") -> Correction:
    """Propose to the operator that ``field`` of a shared record be ``proposed``. Raises ``Invalid``."""
    with act(by, CORRECTION_PROPOSED, WRITE[party.kind]) as telling:
        wait_turn(by)
        root = Party.readable.filter(pk=party.root_id, account=by.account.reference_id).first()
        if root is None:
            refuse("", "correction_gone")
        found = record(root)
        proposed, comment = clean_text(proposed, LONGEST_CORRECTION), clean_text(comment, LONGEST_CORRECTION)
        current = _checked(by, found, field, proposed, comment)
        same = Correction.objects.filter(party=root, field=field, proposed=proposed, status=OPEN)
        if same.exists():
            refuse("proposed", "correction_there")
        correction = Correction.objects.create(
            account=by.account, party=root, field=field, current=current, proposed=proposed, comment=comment,
            by_id=by.user_id, at=telling.at,
        )  # fmt: skip
        told = {} if field in (RETIRED, OTHER) else {field: [current, proposed]}
        telling.tell_many([(root.pk, root.name, root.version, told)])
    return correction


def _checked(by: Actor, found: Record, field: str, proposed: str, comment: str) -> str:
    """Return the current value. Raises ``Invalid`` for a proposal that could not be applied."""
    if field not in CORRECTABLE_FIELDS[found.party.kind]:
        refuse("field", "correction_field")
    if field == RETIRED:
        return ""
    if field == OTHER:
        if not comment and not proposed:
            refuse("proposed", "required")
        return ""
    current = value_of(found, field)
    if proposed == current:
        refuse("proposed", "correction_same")
    if field != "function":
        try:
            Cleaner(by.account).clean(found.party.kind, merged(found.card, _patch(field, proposed)))
        except Invalid as invalid:
            wrong = [problem for problem in invalid.problems if problem.field == field]
            if wrong:
                raise Invalid([Problem("proposed", wrong[0].code, wrong[0].params)]) from invalid
    return current


def _patch(field: str, proposed: str) -> Card:
    return {"address": {field: proposed}} if field in _ADDRESS else card_of({field: proposed})


def proposals(by: Actor, status: str = OPEN, most: int = 200) -> list[Proposal]:
    """Return at most ``most`` proposals of this status: open ones oldest first, others by latest answer."""
    operate(by)
    with everywhere("the operator reads what accounts proposed, and nothing else of them"):
        found = Correction.objects.filter(status=status, party__account=by.account)
        found = found.order_by("at" if status == OPEN else "-answered_at", "id")
        return [Proposal(*row) for row in found.values_list(*_COLUMNS)[:most]]


def proposal(by: Actor, pk: int) -> Proposal | None:
    """Return one proposal as the operator sees it; None when it does not exist."""
    operate(by)
    with everywhere("the operator reads what accounts proposed, and nothing else of them"):
        row = Correction.objects.filter(pk=pk, party__account=by.account).values_list(*_COLUMNS).first()
    return Proposal(*row) if row else None


@transaction.atomic
def answer(by: Actor, pk: int, accept: bool, text: str = "") -> Proposal:
    """Apply a proposal to the shared record, or refuse it; the account's journal says so. Raises ``Invalid``."""
    operate(by)
    found = proposal(by, pk)
    if found is None:
        refuse("", "correction_gone")
    text = clean_text(text, LONGEST_CORRECTION)
    if accept:
        _apply(by, found)
    with everywhere("an answer goes back to the account that proposed"):
        mine = Correction.objects.filter(pk=pk, status=OPEN)
        account = Account.objects.get(pk=Correction.objects.values_list("account", flat=True).get(pk=pk))
        done = mine.update(
            status=ACCEPTED if accept else REFUSED, answer=text, answered_by_id=by.user_id, answered_at=clock.now()
        )
    if not done:
        refuse("", "correction_answered")
    name = Party.objects.values_list("name", flat=True).get(pk=found.party_id)
    with act(by, CORRECTION_ANSWERED, Can.OPERATE) as telling:
        telling.say(name=name, correction=pk, accepted=accept)
    voice = Actor.system(account, by.account.name)  # the service's name, not the person's
    with inside(account), act(voice, CORRECTION_ANSWERED) as telling:
        telling.say(name=name, correction=pk, accepted=accept)
    return found


def _apply(by: Actor, found: Proposal) -> None:
    party = Party.objects.filter(pk=found.party_id, binned_at=None).first()
    if party is None:
        refuse("", "correction_gone")
    if found.field == RETIRED:
        retire(by, [party])
    elif found.field != OTHER:
        parties.update(by, party, _patch(found.field, found.proposed))


def mine(by: Actor, party: Party | None = None) -> list[Any]:
    """Return the account's last 200 proposals, on one record or on all that ``by`` may see, newest first."""
    found = Correction.objects.filter(Party.readable.known_to(by).at("party")).select_related("party")
    return list((found.filter(party=party.root_id) if party else found)[:200])
