"""What each row of a file comes to: the same in the preview, in the run, in steps of any size, and nothing again."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils.translation import override

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.directory.models import Channel, Party, Position
from entregent.exchange import importing, intake, reporting
from entregent.exchange.models import Import
from entregent.runs import cycle

PEOPLE = "Nom;Prénom;Email;Téléphone;Organisme;Fonction;Organisme : ville;Organisme : code postal;Organisme : email"
STATED = "Nom;Prénom;Téléphone;Statut;Compétences"
BODIES = "Nom;Code;Ville;Code postal;Province;Email;SIRET"


@dataclass
class Case:
    """A file, and what it comes to: people with their e-mails, organisations, the lines with remarks."""

    rows: str
    people: str = ""
    """«Léa A lea@x, Max B»."""
    bodies: str = ""
    """Names of the organisations, each as often as it is there."""
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)
    compare: list[int] = field(default_factory=list)
    headers: str = PEOPLE
    shared: bool = False

    @property
    def kind(self) -> str:
        return "organisations" if self.headers is BODIES else "contacts"


CASES = {
    "completed-with-an-address-that-a-third-row-has": Case(
        "A;Léa;;06 39 98 00 01\nB;Max;m@x.example\nA;Léa;m@x.example;06 39 98 00 01",
        "Léa A, Max B m@x.example", counts={"created": 2, "updated": 1}, left_out=[4],
    ),
    "completed-with-an-address-that-a-later-row-has": Case(
        "A;Léa;;06 39 98 00 01\nA;Léa;m@x.example;06 39 98 00 01\nB;Max;m@x.example",
        "Léa A m@x.example, Max B", counts={"created": 2, "updated": 1}, left_out=[4],
    ),
    "two-in-one-mailbox": Case(
        "A;Léa;foyer@x.example\nB;Max;foyer@x.example", "Léa A foyer@x.example, Max B",
        counts={"created": 2}, left_out=[3],
    ),
    "three-in-one-mailbox-twice": Case(
        "A;Léa;f@x.example\nB;Max;f@x.example\nC;Zoé;F@X.example\nB;Max;f@x.example",
        "Léa A f@x.example, Max B, Zoé C", counts={"created": 3, "unchanged": 1}, left_out=[3, 4, 5],
    ),
    "the-user-says-shared": Case(
        "A;Léa;foyer@x.example\nB;Max;foyer@x.example", "Léa A foyer@x.example, Max B foyer@x.example",
        counts={"created": 2}, shared=True,
    ),
    "of-a-role-goes-to-the-organisation": Case(
        "A;Léa;mairie@x.example;;Mairie de Die;Maire;Die\nB;Max;mairie@x.example;;Mairie de Die;Adjoint;Die",
        "Léa A mairie@x.example, Max B", "Mairie de Die", counts={"created": 2},
    ),
    "of-a-role-without-an-organisation": Case(
        "A;Léa;mairie@x.example\nB;Max;mairie@x.example", "Léa A mairie@x.example, Max B",
        counts={"created": 2}, left_out=[3],
    ),
    "swapped-names-are-one": Case(
        "Durand;Léa;l@x.example\nLéa;Durand;l@x.example", "Léa Durand l@x.example",
        counts={"created": 1, "unchanged": 1},
    ),
    "a-bad-address-is-left-out": Case(
        "A;Léa;lea@@x.example\nB;Max;m@x.example", "Léa A, Max B m@x.example", counts={"created": 2}, left_out=[2],
    ),
    "a-bad-address-of-the-organisation-too": Case(
        "A;Léa;;;Org;;Die;26150;org@@x.example", "Léa A", "Org", counts={"created": 1}, left_out=[2],
    ),
    "one-name-or-an-address-is-enough": Case(
        "A;;a@x.example\n;Max\n;;z@x.example\n;;;06 39 98 00 01", "A a@x.example, Max, z@x.example z@x.example",
        counts={"created": 3, "rejected": 1},
    ),
    "one-name-is-completed-by-both": Case(
        "A;;a@x.example\nA;Léa;a@x.example", "Léa A a@x.example", counts={"created": 1, "updated": 1},
    ),
    "an-organisation-once-in-a-file": Case(
        "A;Léa;;;Les Amis du lac;;Crest\nB;Max;;;LES AMIS DU LAC;;\nC;Zoé;;;Les amis du Lac;;CREST CEDEX;26401",
        "Léa A, Max B, Zoé C", "Les Amis du lac", counts={"created": 3},
    ),
    "an-organisation-named-before-its-own-row": Case(
        "A;Léa;;;Les Amis du lac;;Crest\n;;lac@x.example;;Les Amis du lac;;Crest", "Léa A", "Les Amis du lac",
        counts={"created": 1, "updated": 1},
    ),
    "an-organisation-named-after-its-own-row": Case(
        ";;lac@x.example;;Les Amis du lac;;Crest\nA;Léa;;;Les Amis du lac;;Crest", "Léa A", "Les Amis du lac",
        counts={"created": 2},
    ),
    "a-common-name-alone-is-nobody-s": Case(
        "A;Léa;;;Mairie;;Crest\nB;Max;;;Mairie;;", "Léa A, Max B", "Mairie, Mairie",
        counts={"created": 2}, compare=[3],
    ),
    "another-postal-code": Case(
        "A;Léa;;;Mairie;;Saint-Martin;32300\nB;Max;;;Mairie;;Saint-Martin;66220\nC;Zoé;;;Mairie;;ST-MARTIN;66220",
        "Léa A, Max B, Zoé C", "Mairie, Mairie", counts={"created": 3}, compare=[3],
    ),
    "another-domain": Case(
        "A;Léa;;;Club;;Die;;a@club-die.example\nB;Max;;;Club;;Die;;b@autre.example\nC;Zoé;;;Club;;Die;;c@gmail.com",
        "Léa A, Max B, Zoé C", "Club, Club, Club", counts={"created": 3}, compare=[3, 4],
    ),
    "the-organisation-where-they-are-already": Case(
        "A;Léa;;;Mairie;;Die\nB;Max;;;Mairie;;Crest\nA;Léa;;;Mairie;;",
        "Léa A, Max B", "Mairie, Mairie", counts={"created": 2, "unchanged": 1},
    ),
    "bodies-of-two-departements": Case(
        "Mairie – Saint-Martin;;Saint-Martin;32300;Gers;;\nMairie – Saint-Martin;;Saint-Martin;66220;66;;",
        bodies="Mairie – Saint-Martin, Mairie – Saint-Martin", counts={"created": 2}, compare=[3], headers=BODIES,
    ),
    "bodies-of-one-departement": Case(
        "Coop;;Die;26150;Drôme;;\nCOOP;;Die;;Drôme;;\nCoop;;Die;26150;;coop@coop.example;",
        bodies="Coop", counts={"created": 1, "unchanged": 1, "updated": 1}, headers=BODIES,
    ),
    "another-number": Case(
        "Coop;;Die;26150;;;73282932000074\nCoop;;Die;26150;;;73282932000082", bodies="Coop, Coop",
        counts={"created": 2}, headers=BODIES,
    ),
    "another-code": Case(
        "Saint-Paul;01001;;;;;\nSaint-Paul;02001;;;;;\nSaint-Paul;01001;;;;;", bodies="Saint-Paul, Saint-Paul",
        counts={"created": 2, "unchanged": 1}, headers=BODIES,
    ),
    "an-unknown-status-of-a-later-row": Case(
        "A;Léa;0639980001;;\nA;Léa;0639980001;Zorglub;\nA;Léa;0639980001;Zorglub;", "Léa A",
        counts={"created": 1, "updated": 1, "unchanged": 1}, left_out=[3, 4], headers=STATED,
    ),
    "a-known-status-after-an-unknown-one": Case(
        "A;Léa;0639980001;Zorglub;\nA;Léa;0639980001;Membre;\nA;Léa;0639980001;Client;", "Léa A",
        counts={"created": 1, "updated": 1, "unchanged": 1}, left_out=[2], headers=STATED,
    ),
    "new-skills-and-an-unknown-status": Case(
        "A;Léa;0639980001;;Zig\nA;Léa;0639980001;;Zag\nA;Léa;0639980001;Zorglub;Zag", "Léa A",
        counts={"created": 1, "updated": 2}, left_out=[4], headers=STATED,
    ),
}  # fmt: skip


def give(by: Actor, case: Case, folder: Path) -> Import:
    path = folder / "fichier.csv"
    path.write_text(f"{case.headers}\n{case.rows}\n", encoding="utf-8")
    source = intake.receive(by, path, path.name, case.kind)
    codes = {
        PEOPLE: "last_name first_name email phone organisation function organisation_city organisation_postal_code "
        "organisation_email",
        STATED: "last_name first_name phone status skills",
        BODIES: "name code city postal_code province email siret",
    }
    intake.map_columns(source, codes[case.headers].split(), {}, "complete", shared_addresses=case.shared)
    return source


def done(source: Import) -> tuple[dict[str, int], list[int], list[int]]:
    """What a check or a run said: the counts, and the rows with remarks of both kinds."""
    jobs.run_pending()
    source.refresh_from_db()
    counts = {name: count for name, count in source.counts.items() if name != "notes"}
    lines = [
        list(source.remarks.filter(about=about).values_list("line", flat=True)) for about in ("value", "compare")
    ]
    assert source.error is None
    return counts, lines[0], lines[1]


def there(kind: str) -> list[str]:
    found = Party.objects.filter(kind=kind)
    return sorted(f"{party.name} {party.email}".strip() if kind == "p" else party.name for party in found)


def listed(text: str) -> list[str]:
    return sorted(filter(None, text.split(", ")))


@pytest.mark.parametrize("step", [1, 2, 1000])
@pytest.mark.parametrize("name", CASES)
def test_preview_run_and_second_run_agree_row_by_row(aicha, bruno, tmp_path, monkeypatch, name, step):
    case = CASES[name]
    for status in ("Membre", "Client") if case.headers is STATED else ():
        items.create(aicha, "statuses", {"name": status})
    monkeypatch.setattr(importing, "STEP", step)
    source = give(bruno, case, tmp_path)
    cycle.start_check(bruno, source)
    foreseen = done(source)
    assert not Party.objects.exists()
    cycle.start_run(bruno, source)
    assert done(source) == foreseen == (case.counts, case.left_out, case.compare)
    assert there("p") == listed(case.people)
    assert there("o") == listed(case.bodies)
    versions = dict(Party.objects.values_list("pk", "version"))
    rejected = {"rejected": case.counts["rejected"]} if "rejected" in case.counts else {}
    again = give(bruno, case, tmp_path)
    cycle.start_run(bruno, again)
    rows = sum(case.counts.values()) - case.counts.get("rejected", 0)
    assert done(again)[0] == {"unchanged": rows} | rejected
    assert dict(Party.objects.values_list("pk", "version")) == versions


def test_the_address_of_a_role_is_the_organisation_s(bruno, tmp_path):
    parties.create(bruno, "o", {"name": "Mairie de Die", "address": {"city": "Die"}})
    source = give(bruno, CASES["of-a-role-goes-to-the-organisation"], tmp_path)
    cycle.start_run(bruno, source)
    done(source)
    assert Party.objects.get(kind="o").email == "mairie@x.example"
    assert source.counts["notes"] == {"address_of_organisation": 1}
    assert Party.objects.get(last_name="B").notes == ""


def test_a_record_found_twice_in_one_step_keeps_both_changes(bruno, tmp_path):
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "lea@x.example"})
    case = Case("A;Léa;lea@x.example;06 39 98 00 01\nA;Léa;lea@x.example;06 39 98 00 02;Org;Chef")
    source = give(bruno, case, tmp_path)
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"updated": 2}
    lea = Party.objects.get(kind="p")
    assert Channel.objects.filter(party=lea, kind="phone").count() == 2
    assert (lea.organisation_name, Position.objects.count()) == ("Org", 1)


def test_the_report_says_whose_an_address_is_and_the_notes_keep_it(bruno, tmp_path):
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "foyer@x.example"})
    parties.create(bruno, "p", {"last_name": "B", "first_name": "Max", "phone": "0639980001", "notes": "hier"})
    source = give(bruno, Case("B;Max;foyer@x.example;06 39 98 00 01"), tmp_path)
    cycle.start_run(bruno, source)
    assert done(source) == ({"updated": 1}, [2], [])
    with override("fr"):
        assert "Léa A a déjà cette adresse" in reporting.why(source, source.remarks.get())
    assert reporting.values_left_out(source.remarks.get()) == "foyer@x.example"
    assert Party.objects.get(last_name="B").notes == "hier\nEmail : foyer@x.example"


def test_an_existing_organisation_that_differs_is_to_compare(bruno, tmp_path):
    there = parties.create(
        bruno, "o", {"name": "Mairie", "address": {"city": "Saint-Martin", "postal_code": "32300"}}
    )
    source = give(bruno, Case("A;Léa;;;Mairie;;Saint-Martin;66220"), tmp_path)
    cycle.start_run(bruno, source)
    assert done(source) == ({"created": 1}, [], [2])
    params = source.remarks.get().problems[0]["params"]
    assert params["other_id"] == there.pk
    assert params["one_id"] == Party.objects.exclude(pk=there.pk).get(kind="o").pk


@pytest.mark.parametrize("step", [1, 1000])
def test_two_organisations_of_one_file_to_compare_are_both_named_with_their_pages(bruno, tmp_path, monkeypatch, step):
    monkeypatch.setattr(importing, "STEP", step)
    source = give(bruno, CASES["another-postal-code"], tmp_path)
    cycle.start_run(bruno, source)
    done(source)
    first, second = Party.objects.filter(kind="o").order_by("pk").values_list("pk", flat=True)
    assert source.remarks.get().problems[0]["params"] == {
        "one": "Mairie (66220, Saint Martin)", "other": "Mairie (32300, Saint Martin)",
        "one_id": second, "other_id": first,
    }  # fmt: skip


def test_a_row_that_the_program_fails_on_stays_out_and_the_rest_comes_in(bruno, tmp_path, monkeypatch):
    usual = importing.write

    def broken(by, plans, telling):
        assert not any(plan.clean and plan.clean.name == "Max B" for plan in plans)
        return usual(by, plans, telling)

    monkeypatch.setattr(importing, "write", broken)
    source = give(bruno, Case("A;Léa\nB;Max\nC;Zoé\nD;Ana"), tmp_path)
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"created": 3, "rejected": 1}
    reject = source.rejects.get()
    assert (reject.line, reject.cells[:2], reject.problems[0]["code"]) == (3, ["B", "Max"], "row_failed")


@pytest.mark.parametrize("step", [1, 1000])
def test_a_row_that_changes_nothing_is_counted_so_even_if_a_later_one_adds(bruno, tmp_path, monkeypatch, step):
    monkeypatch.setattr(importing, "STEP", step)
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "lea@x.example"})
    source = give(bruno, Case("A;Léa;lea@x.example\nA;Léa;lea@x.example;06 39 98 00 01;Org;Chef"), tmp_path)
    cycle.start_check(bruno, source)
    assert done(source)[0] == {"unchanged": 1, "updated": 1}
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"unchanged": 1, "updated": 1}
    lea = Party.objects.get(kind="p")
    assert (lea.phone, lea.organisation_name) == ("06 39 98 00 01", "Org")


def test_what_a_field_can_t_hold_reaches_the_notes_of_a_record_that_has_some(bruno, tmp_path):
    """The remark says that it was added to the notes: also when a row completes a record."""
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "lea@x.example", "notes": "hier"})
    for expected in ({"updated": 1}, {"unchanged": 1}):
        source = give(bruno, Case("A;Léa;lea@x.example;appeler le soir"), tmp_path)
        cycle.start_run(bruno, source)
        assert done(source)[0] == expected
    assert Party.objects.get(kind="p").notes == "hier\nTéléphone : appeler le soir"


def test_a_row_that_is_passed_over_brings_nothing(bruno, tmp_path):
    """«Passer la ligne»: neither its organisation nor an address of a role, in the preview as in the run."""
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "emails": [{"value": "lea@x.example"}]})
    rows = [
        "A;Léa;lea@x.example;;Lac neuf;Maire",
        "B;Max;mairie@x.example;;Die;",
        "A;Léa;mairie@x.example lea@x.example;;Die;",
    ]
    source = give(bruno, Case("\n".join(rows)), tmp_path)
    intake.map_columns(source, source.mapping, {}, "skip")
    cycle.start_check(bruno, source)
    foreseen = done(source)
    cycle.start_run(bruno, source)
    assert done(source) == foreseen == ({"created": 1, "duplicate": 2}, [], [])
    assert there("o") == ["Die"]
    assert Party.objects.get(name="Die").email == ""
