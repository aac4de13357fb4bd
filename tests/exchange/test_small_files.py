"""Small files of the kinds that people bring: what comes in, and what is said (std C21-C27).

Each case is a file, the records that it gives, and what is said about it. A record is written as "field=value | …";
"field=" means that the field is not given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from entregent.exchange import columns, guessing, headings, questions
from entregent.exchange import refusals as refusal_words
from entregent.exchange.cells import RowReader
from entregent.exchange.constants import guess_constants
from entregent.formats import sniff, table

from .small import broken, refusal_headings, refusals
from .small import headings as about_headings
from .small.case import Case

CASES = [*about_headings.CASES, *refusals.CASES, *refusal_headings.CASES, *broken.CASES]


@dataclass
class Came:
    """What came of a file: its records, and what was said: codes of remarks, alarms and doubtful columns."""

    kind: str
    records: list[dict[str, object]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


def come(path: Path, name: str, answers: Mapping[str, str]) -> Came:
    """Read a file as an import does, without writing anything."""
    seen = headings.look(path, sniff.recognise(path), 500, find_header=True)
    rows = [cells for _, cells in seen.rows]
    kind = columns.guess_kind(seen.headers, rows)
    guesses = columns.scored(seen.headers, rows, kind)
    found = Came(kind, said={f"doubtful:{i}" for i, guess in enumerate(guesses) if guess.doubtful})
    asked = questions.alarms(name, seen.headers, rows)
    mapping = [guess.target for guess in guesses]
    found.said |= set(seen.remarks)
    found.said |= {f"asked:{key}" for key in questions.open_questions(asked, mapping, {}) if key not in answers}
    constants = guess_constants(name, seen.headers) if kind == "contacts" else {}
    if answers.get("file") == "refused":
        constants["mail_refused"] = "1"
    said = {int(key): answer for key, answer in answers.items() if key != "file"}
    order = guessing.order_of_dates(rows)
    reader = RowReader(mapping, seen.headers, constants, date_order=order, answers=said)
    for _, cells in table.read(path, seen.format):
        card, problems = reader.read(cells)
        found.records.append(flat(card))
        found.said |= {problem.code for problem in problems}
    return found


def flat(card: Mapping) -> dict[str, object]:
    """Return a card as one mapping of texts: its first e-mail, phone, address and position by their own names."""
    found = {name: value for name, value in card.items() if not isinstance(value, list)}
    for many, one in (("emails", "email"), ("phones", "phone"), ("websites", "website")):
        found |= {f"{one}{i or ''}": item["value"] for i, item in enumerate(card.get(many, ()))}
    for i, address in enumerate(card.get("addresses", ())):
        found |= {f"{part}{i or ''}": value for part, value in address.items() if value}
    for place in card.get("positions", ()):
        found |= {name.replace("organisation_name", "organisation"): value for name, value in place.items()}
    found |= {name: ",".join(card[name]) for name in ("tags", "skills") if card.get(name)}
    return {name: str(value).replace("\xa0:", ":") for name, value in found.items()}


def told(records: Sequence[Mapping[str, object]], wanted: Sequence[str]) -> list[str]:
    """Return the records, as far as ``wanted`` speaks of them, in its writing."""
    found = []
    for record, line in zip(records, wanted, strict=True):
        names = [part.partition("=")[0] for part in line.split(" | ")]
        found.append(" | ".join(f"{name}={record.get(name, '')}" for name in names))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case.about for case in CASES])
def test_a_small_file(case: Case, tmp_path):
    path = tmp_path / case.name
    path.write_bytes(case.content if isinstance(case.content, bytes) else case.content.encode())
    came = come(path, case.name, case.answers)
    assert told(came.records, case.comes) == list(case.comes)
    assert case.said <= came.said
    assert not case.unsaid & came.said
    assert case.kind in ("", came.kind)


def test_every_case_has_its_own_words():
    assert len({case.about for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    "word",
    """Désabonné;DÉSABONNÉE;désinscrit;Désinscription;unsubscribed;bounced;Hard bounce;blacklisted;liste noire;
    opt-out;NPAI;cleaned;Spam;complaint;plainte;Trop d’erreurs;ne plus contacter;NE PAS ÉCRIRE;refuse les mails;
    refuse d’être contacté;stop pub;do not email;opposition;unconfirmed;cancelled;Invalide""".split(";"),
)
def test_a_word_of_refusal_in_an_unread_column_is_told(word):
    """The quick look at a whole row misses none of the words that are known."""
    reader = RowReader(["last_name", "ignore"], ["Nom", "Zorglub"])
    _card, problems = reader.read(["Roy", word.strip()])
    assert refusal_words.says(word.strip())
    assert [problem.code for problem in problems] == ["refusal_unread"]
