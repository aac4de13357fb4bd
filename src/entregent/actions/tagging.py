"""Tags on contacts and organisations (B2): put on and taken off, one or many at once."""

from collections.abc import Callable, Sequence

from entregent.accounts.actor import Actor
from entregent.directory.cards import changes, plain
from entregent.directory.cleaning import Clean, Cleaner, tag_key
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.reading import Record, records
from entregent.directory.writing import Writer, held_by
from entregent.journal.deeds import Deed

from .frame import act, fresh_or_layer, twice_in_a_race
from .kinds import TAG, needs
from .outcome import Outcome


def tag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Put the tags ``names`` on parties; tags that don't exist yet are made. Raises ``Invalid``."""
    _refuse_none(names)
    return _retag(by, parties, Deed.TAGGED, lambda held: [*held, *names], ("untag", {"names": names}))


def untag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Take the tags ``names`` off parties."""
    _refuse_none(names)
    gone = {tag_key(name) for name in names}
    return _retag(
        by,
        parties,
        Deed.UNTAGGED,
        lambda held: [name for name in held if tag_key(name) not in gone],
        ("tag", {"names": names}),
    )


def _refuse_none(names: list[str]) -> None:
    if not any(name.strip() for name in names):
        raise Invalid([Problem("names", "required")])


@twice_in_a_race
def _retag(
    by: Actor,
    parties: Sequence[Party],
    deed: Deed,
    new: Callable[[list[str]], list[str]],
    undo: tuple[str, dict],
) -> Outcome:
    outcome = Outcome(undo=undo)
    asked = {tag_key(name) for name in undo[1]["names"] if name.strip()}
    with act(by, deed, *needs(TAG, parties)) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        cleaner = Cleaner(by.account)
        for record in records(fresh_or_layer(by, parties, telling.at)).values():
            clean = cleaner.clean(record.party.kind, record.card | {"tags": new(record.card["tags"])})
            differences = _tag_changes(record, clean)
            if not differences:
                outcome.same += 1
                continue
            if {tag_key(name) for name in clean.tags} ^ {tag_key(name) for name in record.card["tags"]} != asked:
                outcome.undo = None  # taking it back would touch a tag that this did not
            held = held_by(record.positions, telling.today)
            writer.update(record.party, clean, differences, held)
            telling.tell(record.party, differences)
            outcome.done.append(record.party)
    return outcome


def _tag_changes(record: Record, clean: Clean) -> dict[str, list]:
    return {
        name: change for name, change in changes(plain(record.card), plain(clean.card())).items() if name == "tags"
    }
