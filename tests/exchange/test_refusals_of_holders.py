"""A refusal is never dropped: whoever has the address of a row that refuses mailings refuses them too (D4).

The same in the preview, in the run, in steps of any size, and nothing again when the file comes twice.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.queries import queries

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bins
from entregent.actions.parties import parties
from entregent.directory.models import ContactList, ListMember, Party
from entregent.exchange import importing, intake, listing
from entregent.exchange.models import Import
from entregent.journal.models import About, Entry
from entregent.runs import cycle
from entregent.web.links import to

HEADERS = "Nom;Prénom;Email;Désabonné;Téléphone;Organisme"
TARGETS = "last_name first_name email mail_refused phone organisation".split()
LEA = {"last_name": "A", "first_name": "Léa", "email": "f@x.example"}
ORG = {"name": "Lac", "email": "f@x.example"}


@dataclass
class Case:
    """What is there, a file, and who refuses after it."""

    rows: str
    refuse: str
    """«Léa A, Max B»: all who refuse afterwards."""
    counts: dict[str, int]
    noted: int = 0
    """How many others a refusal was noted on."""
    people: list[dict] = field(default_factory=list)
    bodies: list[dict] = field(default_factory=list)
    choice: str = "complete"
    shared: bool = False
    again: dict[str, int] | None = None
    """What the same file comes to when it comes again; all unchanged unless said."""


CASES = {
    "an-earlier-row-has-the-address": Case(
        "A;Léa;f@x.example;\nB;Max;F@x.example;oui", "Léa A, Max B", {"created": 2}, 1,
    ),
    "an-existing-person-has-it": Case(
        "B;Max;f@x.example;oui", "Léa A, Max B", {"created": 1}, 1, [LEA],
    ),
    "an-existing-person-has-it-and-comes-later": Case(
        "B;Max;f@x.example;oui\nA;Léa;f@x.example;;06 39 98 00 01\nA;Léa;f@x.example;oui",
        "Léa A, Max B", {"created": 1, "updated": 1, "unchanged": 1}, 1, [LEA],
    ),
    "an-existing-person-has-it-and-came-before": Case(
        "A;Léa;f@x.example;\nB;Max;f@x.example;oui\nC;Zoé;f@x.example;oui", "Léa A, Max B, Zoé C",
        {"created": 2, "unchanged": 1}, 1, [LEA],
    ),
    "an-existing-person-was-completed-before": Case(
        "A;Léa;f@x.example;;06 39 98 00 01\nB;Max;f@x.example;oui", "Léa A, Max B",
        {"created": 1, "updated": 1}, 1, [LEA],
    ),
    "who-has-it-refuses-already": Case(
        "B;Max;f@x.example;oui", "Léa A, Max B", {"created": 1}, 0, [LEA | {"mail_refused": True}],
    ),
    "a-row-without-a-name-is-about-the-address": Case(
        ";;f@x.example;oui", "Léa A, Max B, Lac", {"updated": 1}, 2,
        [LEA, {"last_name": "B", "first_name": "Max", "emails": [{"value": "f@x.example", "shared": True}]}], [ORG],
    ),
    "an-organisation-alone-has-the-address-of-nobody": Case(
        ";;f@x.example;oui", "f@x.example, Lac", {"created": 1}, 1, [], [ORG],
    ),
    "an-organisation-of-the-file-has-it": Case(
        ";;f@x.example;;;Lac\n;;f@x.example;oui;", "f@x.example, Lac", {"created": 2}, 1,
    ),
    "who-shares-an-address-chooses-for-themselves": Case(
        "A;Léa;f@x.example;\nB;Max;f@x.example;oui", "Max B", {"created": 2}, 0, shared=True,
    ),
    "the-address-of-a-role-goes-to-the-organisation": Case(
        "A;Léa;mairie@x.example;;;Lac\nB;Max;mairie@x.example;oui;;Lac", "Léa A, Max B, Lac", {"created": 2}, 2,
    ),
    "a-refusal-of-who-accepts-is-noted-by-no-choice": Case(
        "A;Léa;f@x.example;non", "Léa A", {"updated": 0, "unchanged": 1}, 0, [LEA | {"mail_refused": True}],
        choice="replace",
    ),
    "skipped-but-for-the-refusal": Case(
        "A;Léa;f@x.example;oui;06 39 98 00 01;Lac\nA;Léa;f@x.example;;06 39 98 00 02", "Léa A",
        {"updated": 1, "duplicate": 1}, 0, [LEA], choice="skip", again={"duplicate": 2},
    ),
    "skipped-with-the-address-of-another": Case(
        "A;Léa;m@x.example;oui;06 39 98 00 01", "Léa A, Max B", {"updated": 1}, 1,
        [{"last_name": "A", "first_name": "Léa", "phone": "06 39 98 00 01"},
         {"last_name": "B", "first_name": "Max", "email": "m@x.example"}],
        choice="skip", again={"duplicate": 1},
    ),
    "skipped-after-an-earlier-row": Case(
        "A;Léa;f@x.example;\nA;Léa;f@x.example;oui;06 39 98 00 01", "Léa A", {"created": 1, "updated": 1}, 0,
        choice="skip", again={"duplicate": 2},
    ),
    "created-beside-who-is-known": Case(
        "A;Léa;;oui;06 39 98 00 01", "Léa A, Léa A", {"created": 1}, 1,
        [LEA | {"phone": "06 39 98 00 01"}], choice="create", again={"created": 1},
    ),
    "created-beside-who-has-the-address": Case(
        "A;Léa;f@x.example;oui", "Léa A, Léa A", {"created": 1}, 1, [LEA], choice="create", again={"created": 1},
    ),
    "replaced": Case("A;Léa;f@x.example;oui", "Léa A", {"updated": 1}, 0, [LEA], choice="replace"),
}  # fmt: skip


def give(by: Actor, case: Case, folder: Path, name: str = "gens.csv") -> Import:
    path = folder / name
    path.write_text(f"{HEADERS}\n{case.rows}\n", encoding="utf-8")
    source = intake.receive(by, path, name, "contacts")
    intake.map_columns(source, TARGETS, {}, case.choice, shared_addresses=case.shared)
    return source


def done(source: Import) -> tuple[dict[str, int], int, list[tuple]]:
    """What a check or a run said: counts, how many others refuse, the remarks of each row."""
    jobs.run_pending()
    source.refresh_from_db()
    assert source.error is None
    notes = source.counts.get("notes", {})
    said = [(one.line, [problem["code"] for problem in one.problems]) for one in source.remarks.all()]
    return {name: n for name, n in source.counts.items() if name != "notes"}, notes.get("refusal_of_holder", 0), said


def refusing() -> list[str]:
    return sorted(Party.objects.filter(mail_refused_at__isnull=False).values_list("name", flat=True))


def prepare(by: Actor, case: Case) -> None:
    for kind, cards in (("p", case.people), ("o", case.bodies)):
        for card in cards:
            parties.create(by, kind, card)


@pytest.mark.parametrize("step", [1, 2, 1000])
@pytest.mark.parametrize("name", CASES)
def test_whoever_has_the_address_refuses_too(bruno, tmp_path, monkeypatch, name, step):
    case = CASES[name]
    prepare(bruno, case)
    monkeypatch.setattr(importing, "STEP", step)
    source = give(bruno, case, tmp_path)
    before = refusing()
    cycle.start_check(bruno, source)
    foreseen = done(source)
    assert refusing() == before
    cycle.start_run(bruno, source)
    assert done(source) == foreseen
    assert foreseen[:2] == ({outcome: n for outcome, n in case.counts.items() if n}, case.noted)
    assert refusing() == sorted(case.refuse.split(", "))
    versions = dict(Party.objects.values_list("pk", "version"))
    again = give(bruno, case, tmp_path)
    cycle.start_run(bruno, again)
    expected = case.again or {"unchanged": sum(case.counts.values())}
    counts, noted, _said = done(again)
    assert (counts, noted) == (expected, 0)
    assert dict(Party.objects.filter(pk__in=versions).values_list("pk", "version")) == versions


@pytest.mark.parametrize("step", [1, 1000])
@pytest.mark.parametrize("where", ["hidden", "bin"])
@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ("B;Max;f@x.example;oui\nC;Zoé;f@x.example;oui", {"created": 2}),
        (";;f@x.example;oui\n;;f@x.example;oui", {"unchanged": 2}),
    ],
)
def test_who_can_t_be_seen_refuses_too_and_nothing_is_told(
    aicha, bruno, tmp_path, monkeypatch, where, rows, counts, step
):
    lea = parties.create(aicha, "p", LEA | {"visibility": {"mode": "creator" if where == "hidden" else "everyone"}})
    if where == "bin":
        bins.delete(aicha, [lea])
    monkeypatch.setattr(importing, "STEP", step)
    case = Case(rows, "", counts, 0)
    source = give(bruno, case, tmp_path)
    cycle.start_check(bruno, source)
    foreseen = done(source)
    cycle.start_run(bruno, source)
    assert done(source) == foreseen
    assert foreseen[:2] == (counts, 0)
    lea.refresh_from_db()
    assert lea.mail_refused_at is not None
    told = About.objects.get(party=lea, entry=source.entry)
    assert (told.deed, told.changes) == ("mail_refused", {"mail_refused": [False, True]})
    if where == "hidden":
        assert "Léa" not in str(list(source.remarks.values_list("problems", flat=True)))
    again = give(bruno, case, tmp_path)
    cycle.start_run(bruno, again)
    assert done(again)[:2] == ({"unchanged": 2}, 0)


def test_a_row_without_a_name_that_says_more_is_to_be_mended(aicha, bruno, tmp_path):
    """The address is another's and its refusal is noted there; the telephone would be lost."""
    lea = parties.create(aicha, "p", LEA | {"visibility": {"mode": "creator"}})
    source = give(bruno, Case(";;f@x.example;oui;06 39 98 00 03", "", {}), tmp_path)
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"rejected": 1}
    lea.refresh_from_db()
    assert lea.mail_refused_at is not None


def test_a_shared_record_gets_a_layer_that_refuses(service, sonia, bruno, tmp_path):
    with inside(service):
        there = parties.create(sonia, "o", {"name": "Mairie de Die", "email": "f@x.example"})
    for expected in (({"created": 1}, 1), ({"unchanged": 1}, 0)):
        source = give(bruno, Case(";;f@x.example;oui", "", {}), tmp_path)
        cycle.start_check(bruno, source)
        assert done(source)[:2] == expected
        cycle.start_run(bruno, source)
        assert done(source)[:2] == expected
    layer = Party.objects.get(base=there.pk)
    assert layer.mail_refused_at is not None
    with inside(service):
        assert Party.objects.get(pk=there.pk).mail_refused_at is None


def test_the_infobox_names_no_hidden_holder_to_the_user(aicha, bruno, browse, tmp_path):
    parties.create(aicha, "p", LEA | {"visibility": {"mode": "creator"}})
    source = give(bruno, Case("B;Max;f@x.example;oui", "", {}), tmp_path)
    cycle.start_run(bruno, source)
    done(source)
    seen = [browse(by).get(to(by, "infobox:page")).content.decode() for by in (bruno, aicha)]
    assert ["Léa A" in text for text in seen] == [False, True]
    assert all("gens.csv" in text for text in seen)


@pytest.mark.parametrize("kind", ["p", "o"])
@pytest.mark.parametrize("mode", ["everyone", "creator"])
def test_a_long_list_of_the_unsubscribed_asks_no_more_to_find_who_has_its_addresses(
    aicha, bruno, tmp_path, kind, mode
):
    def asked(start: int, count: int) -> int:
        for i in range(start, start + count):
            names = {"last_name": f"N{i}", "first_name": "Léa"} if kind == "p" else {"name": f"Lac {i}"}
            parties.create(aicha, kind, names | {"email": f"f{i}@x.example", "visibility": {"mode": mode}})
        who = "B;Max" if kind == "p" else ";"
        rows = "\n".join(f"{who};f{i}@x.example;oui" for i in range(start, start + count))
        source = give(bruno, Case(rows, "", {}), tmp_path)
        cycle.start_check(bruno, source)
        return len(queries(lambda: done(source)))

    assert asked(0, 2) >= asked(10, 20) - 2


def test_the_journal_tells_of_the_refusal_in_the_import_s_entry(bruno, tmp_path):
    lea = parties.create(bruno, "p", LEA)
    source = give(bruno, CASES["an-existing-person-has-it"], tmp_path)
    cycle.start_run(bruno, source)
    done(source)
    told = About.objects.get(party=lea, entry=source.entry)
    assert told.changes == {"mail_refused": [False, True]}
    assert Entry.objects.filter(deed="imported").count() == 1
    assert source.remarks.get().problems[1]["code"] == "refusal_of_holder"


def test_what_a_holder_has_besides_stays(bruno, tmp_path):
    """The properties of a vCard, kept without a field, of a person and of an organisation that gets an address."""
    lea = parties.create(bruno, "p", LEA)
    lac = parties.create(bruno, "o", {"name": "Lac"})
    Party.objects.filter(pk__in=[lea.pk, lac.pk]).update(extra={"vcard": ["X-MASTODON:@lac"]})
    case = Case("B;Max;f@x.example;oui\nC;Zoé;mairie@x.example;\nD;Ana;mairie@x.example;oui;;Lac", "", {})
    source = give(bruno, case, tmp_path)
    cycle.start_run(bruno, source)
    done(source)
    for party in (lea, lac):
        party.refresh_from_db()
        assert (party.extra, party.mail_refused_at is not None) == ({"vcard": ["X-MASTODON:@lac"]}, True)
    assert lac.email == "mairie@x.example"


@pytest.mark.parametrize("step", [1, 1000])
def test_the_list_of_an_import_holds_those_of_its_rows_alone(bruno, tmp_path, monkeypatch, step):
    monkeypatch.setattr(importing, "STEP", step)
    for card in (LEA, {"last_name": "D", "first_name": "Ana", "email": "d@x.example"}):
        parties.create(bruno, "p", card)
    rows = "B;Max;f@x.example;oui\nC;Zoé;d@x.example;oui\nD;Ana;d@x.example;"
    source = give(bruno, Case(rows, "", {}), tmp_path)
    listing.keep(source, listing.asked(bruno, "Refus"))
    cycle.start_run(bruno, source)
    done(source)
    members = ListMember.objects.filter(list=ContactList.objects.get()).values_list("party__name", flat=True)
    assert sorted(members) == ["Ana D", "Max B", "Zoé C"]
