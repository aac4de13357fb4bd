"""Sync the shared directory with a file (A6, std C30): plan, apply, refuse, undo."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import record
from entregent.exchange import intake, reporting
from entregent.exchange.models import Sync
from entregent.exchange.reference import applying, comparing, syncing, undoing
from entregent.exchange.reference.rows import passed_over
from entregent.exchange.reference.syncing import SYNC
from entregent.formats.errors import Unreadable
from entregent.journal.models import About, Entry
from entregent.runs import cycle

BODIES = "Code;Nom;Email;Ville;Code postal"
PEOPLE = "Code;Nom;Prénom;Email;Code organisme;Fonction"
State = Sync.State


@pytest.fixture
def sonia_inside(service, sonia: Actor):
    """The operator, the test standing in the shared directory."""
    with inside(service):
        yield sonia


def write(tmp_path: Path, headers: str, *rows: str) -> Path:
    path = tmp_path / "fichier.csv"
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
    return path


def compare(by: Actor, path: Path, kind: str = "contacts", complete: bool = False) -> Sync:
    sync = SYNC.receive(by, path, path.name, kind)
    cycle.start_check(by, sync, complete=complete)
    jobs.run_pending()
    sync.refresh_from_db()
    return sync


def apply(by: Actor, path: Path, kind: str = "contacts", complete: bool = False) -> Sync:
    sync = compare(by, path, kind, complete)
    assert sync.state == State.CHECKED, sync.error
    cycle.start_run(by, sync, confirmed=True)
    jobs.run_pending()
    sync.refresh_from_db()
    assert sync.state == State.DONE
    return sync


def take_back(by: Actor, sync: Sync) -> Sync:
    cycle.start_undo(by, sync)
    jobs.run_pending()
    sync.refresh_from_db()
    assert sync.state == State.UNDONE
    return sync


def one(code: str) -> Party:
    return Party.objects.get(code=code, binned_at=None)


@pytest.fixture
def town(sonia_inside: Actor, tmp_path: Path) -> Actor:
    """Two town halls, a mayor and a deputy."""
    apply(sonia_inside, write(tmp_path, BODIES,
                              "M1;Mairie d’Aubrac-le-Haut;mairie@aubrac.example;Aubrac-le-Haut;12470",
                              "M2;Mairie de Belval;mairie@belval.example;Belval;08440"), "organisations")  # fmt: skip
    apply(sonia_inside, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire",
                              "P2;Petit;Jean;mairie@aubrac.example;M1;Adjoint"))  # fmt: skip
    return sonia_inside


def test_what_is_new_comes_in_with_its_place(town):
    lea = one("P1")
    assert (lea.name, lea.organisation_name, lea.function) == ("Léa Roy", "Mairie d’Aubrac-le-Haut", "Maire")
    assert one("P2").email == "mairie@aubrac.example"  # a town hall's mailbox is of several
    assert Entry.objects.filter(deed="synced").count() == 2


def test_the_same_file_again_changes_nothing(town, tmp_path):
    before = list(Party.objects.order_by("pk").values())
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire",
                             "P2;Petit;Jean;mairie@aubrac.example;M1;Adjoint"))  # fmt: skip
    assert sync.counts == {"unchanged": 2}
    assert list(Party.objects.order_by("pk").values()) == before


def test_what_differs_is_told_field_by_field_before_it_is_written(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Éléa;elea@aubrac.example;M1;Maire"))
    (change,) = sync.changes.all()
    assert change.deed == "changed"
    assert change.changes == {
        "first_name": ["Léa", "Éléa"],
        "emails": [["mairie@aubrac.example"], ["elea@aubrac.example"]],
    }
    assert one("P1").first_name == "Léa"


def test_an_emptied_cell_empties_the_field(town, tmp_path):
    apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;;M1;Maire"))
    assert one("P1").email == ""


def test_another_function_ends_the_place_and_begins_one(town, tmp_path):
    apply(town, write(tmp_path, PEOPLE, "P2;Petit;Jean;mairie@aubrac.example;M2;Maire"))
    places = list(Position.objects.filter(contact=one("P2")).order_by("pk").values_list("function", "until", "main"))
    assert places == [("Adjoint", timezone.localdate(), False), ("Maire", None, True)]
    assert one("P2").organisation_name == "Mairie de Belval"


def test_who_is_not_in_a_complete_file_has_left_and_is_kept(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire"), complete=True)
    assert sync.counts == {"unchanged": 1, "retired": 1}
    jean = one("P2")
    assert jean.retired_at is not None
    assert jean.function == ""
    assert Position.objects.get(contact=jean).until == timezone.localdate()
    assert one("M1").retired_at is None  # a file of people says nothing of organisations


def test_an_incomplete_file_retires_nobody(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire"))
    assert sync.counts == {"unchanged": 1}


def test_who_comes_back_is_in_office_again(town, tmp_path):
    apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire"), complete=True)
    sync = apply(town, write(tmp_path, PEOPLE, "P2;Petit;Jean;mairie@aubrac.example;M1;Adjoint"))
    assert sync.counts == {"back": 1}
    jean = one("P2")
    assert jean.retired_at is None
    assert jean.function == "Adjoint"
    assert Party.objects.filter(code="P2").count() == 1


def test_rows_that_can_not_be_kept_go_back_with_their_reason(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, ";Sans;Code;;;", "P3;Faux;Max;max@@x.example;M1;Maire",
                               "P1;Roy;Léa;mairie@aubrac.example;M9;Maire"), complete=True)  # fmt: skip
    rejected = sync.changes.filter(deed="rejected").order_by("line")
    assert [[found["code"] for found in row.problems] for row in rejected] == [
        ["sync_no_code"], ["email_two_ats"], ["sync_organisation"],
    ]  # fmt: skip
    assert set(sync.changes.filter(deed="retired").values_list("code", flat=True)) == {"P2"}  # P1 was named


def test_a_function_at_no_organisation_is_refused_and_ends_no_place(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;;Maire"))
    (row,) = sync.changes.all()
    assert [(found["target"], found["code"]) for found in row.problems] == [("organisation_code", "required")]
    assert one("P1").function == "Maire"


def test_columns_of_which_nothing_is_taken_are_named(town, tmp_path):
    sync = compare(town, write(tmp_path, "Code;Nom;Prénom;Fonction;Statut", "P1;Roy;Éléa;Maire;Client"))
    assert sync.mapping[3:] == ["function", "status"]
    assert passed_over(sync) == ["Fonction", "Statut"]
    assert passed_over(compare(town, write(tmp_path, PEOPLE, "P1;Roy;Éléa;;M1;Maire"))) == []


def test_refused_rows_come_back_as_a_file_to_mend(town, tmp_path):
    rows = [f"N{number};Neuf;Né;;M1;Agent" for number in range(3)]
    path = write(tmp_path, PEOPLE, ";Sans;Code;;;", *rows, "P3;Faux;Max;max@@x.example;M1;Maire")
    sync = apply(town, path)
    back = b"".join(reporting.as_csv(reporting.rejects(sync))).decode("utf-8-sig").splitlines()
    assert len(back) == 3
    assert back[0].startswith("Code,Nom,Prénom,Email") or back[0].startswith("Code;Nom;Prénom;Email")
    assert ["Sans" in back[1], "max@@x.example" in back[2]] == [True, True]
    assert "identifiant" in back[1]


def test_rows_to_mend_are_downloaded_without_opening_the_file(town, tmp_path):
    """A worker has kept the cells of those that the check rejected, and of those that could not be applied."""
    sync = compare(town, write(tmp_path, PEOPLE, ";Sans;Code;;;", "P1;Roy;Léa;lea@x.example;M1;Maire"))
    parties.update(town, one("P1"), {"notes": "meanwhile"})
    cycle.start_run(town, sync)
    jobs.run_pending()
    sync.refresh_from_db()
    sync.file.unlink()
    _headers, *back = b"".join(reporting.as_csv(reporting.rejects(sync))).decode("utf-8-sig").splitlines()
    assert [row.split(";")[:3] for row in back] == [["", "Sans", "Code"], ["P1", "Roy", "Léa"]]
    sync.changes.update(cells=[])  # of before cells were kept, or of a run that was stopped
    _headers, *back = b"".join(reporting.as_csv(reporting.rejects(sync))).decode("utf-8-sig").splitlines()
    assert back[1].startswith("P1;")


def test_an_identifier_that_comes_twice_refuses_the_whole_file(town, tmp_path):
    rows = [f"N{number};Nouveau;Né;;M1;Agent" for number in range(1200)]
    sync = compare(town, write(tmp_path, PEOPLE, *rows, "N7;Autre;Ève;;M1;Agent"), complete=True)
    assert sync.state == State.FAILED
    assert sync.error == {"code": "sync_twice", "params": {"codes": "N7", "count": 1}}
    assert not sync.changes.exists()
    assert cycle.start_run(town, sync) is None
    assert not Party.objects.filter(code="N7").exists()


def test_a_file_without_identifiers_is_refused(sonia_inside, tmp_path):
    path = write(tmp_path, "Nom;Prénom;Email", "Roy;Léa;lea@x.example")
    sync = SYNC.receive(sonia_inside, path, path.name, "contacts")
    with pytest.raises(Invalid) as refused:
        cycle.start_check(sonia_inside, sync, complete=True)
    assert [problem.field for problem in refused.value.problems] == ["code"]
    assert not Job.objects.exists()


def test_address_cards_are_refused(sonia_inside, tmp_path):
    path = tmp_path / "gens.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Léa Roy\nEND:VCARD\n")
    with pytest.raises(Unreadable):
        SYNC.receive(sonia_inside, path, path.name, "contacts")
    assert not Sync.objects.exists()


def test_half_a_file_asks_first(town, tmp_path):
    rows = [f"N{number};Nouveau;Né{number};;M1;Agent" for number in range(10)]
    apply(town, write(tmp_path, PEOPLE, *rows))
    sync = compare(town, write(tmp_path, PEOPLE, *rows[:3]), complete=True)
    assert sync.halved
    with pytest.raises(Invalid):
        cycle.start_run(town, sync)
    assert not Party.objects.filter(retired_at__isnull=False).exists()


def test_a_file_that_breaks_off_writes_nothing(town, tmp_path):
    rows = [f"N{number};Nouveau;Né{number};;M1;Agent" for number in range(1100)]
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;;M1;Maire", *rows, 'P2;"Petit;Jean;;M1;Adjoint'))
    assert sync.state == State.FAILED
    assert one("P1").first_name == "Léa"
    assert not sync.changes.exists()


def test_a_killed_worker_goes_on_where_it_was(town, tmp_path, monkeypatch):
    monkeypatch.setattr(syncing, "WRITE", 3)
    rows = [f"N{number};Nouveau;Né{number};;M1;Agent" for number in range(10)]
    sync = compare(town, write(tmp_path, PEOPLE, *rows))
    job = cycle.start_run(town, sync)
    steps = cycle.work(job)
    next(steps)
    next(steps)
    steps.close()  # two steps are in; the third never was
    assert Party.objects.filter(code__startswith="N").count() == 6
    jobs.run_pending()
    sync.refresh_from_db()
    assert sync.state == State.DONE
    assert Party.objects.filter(code__startswith="N").count() == 10
    assert set(sync.changes.values_list("state", flat=True)) == {"done"}
    assert sync.rows_done == 10


def test_a_step_that_fails_leaves_nothing_of_itself(town, tmp_path, monkeypatch):
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;;M1;Maire", "P9;Neuf;Neuve;;M2;Maire"))
    job = cycle.start_run(town, sync)
    monkeypatch.setattr(syncing, "Counter", lambda states: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        next(cycle.work(job))
    assert one("P1").first_name == "Léa"
    assert not Party.objects.filter(code="P9").exists()


def test_a_stopped_sync_gives_back_what_it_applied_and_says_how_many(town, tmp_path, monkeypatch):
    monkeypatch.setattr(syncing, "WRITE", 2)
    sync = compare(town, write(tmp_path, PEOPLE, *[f"N{number};Neuf;Né{number};;M1;Agent" for number in range(5)]))
    cycle.start_run(town, sync)
    cycle.ask_stop(sync)
    jobs.run_pending()
    sync.refresh_from_db()
    assert (sync.state, sync.rows_total, sync.applied) == (State.STOPPED, 5, 2)
    sync = take_back(town, sync)
    assert (sync.rows_total, sync.rows_done, sync.applied) == (2, 2, 0)
    assert sync.undo_entry.data["rows"] == 2
    assert sorted(sync.changes.values_list("state", flat=True)) == ["planned"] * 3 + ["undone"] * 2


def everything() -> list:
    """All that a sync touches, but for what counts how often a record was written."""
    counted = ("version", "updated_at", "last_action_at")
    kept = [field.name for field in Party._meta.concrete_fields if field.name not in counted]
    here = Position.objects.filter(contact__binned_at=None)
    places = here.order_by("pk").values("contact", "organisation", "function", "since", "until", "main")
    cards = [record(party).card for party in Party.objects.filter(binned_at=None).order_by("pk")]
    for card in cards:
        for email in card["emails"]:
            email.pop("shared", None)
    return [list(Party.objects.filter(binned_at=None).order_by("pk").values(*kept)), list(places), cards]


def test_a_sync_is_taken_back_whole(town, tmp_path):
    before = everything()
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;zoe@aubrac.example;M2;Maire", "P3;Neuf;Neuve;;M1;Maire"),
                 complete=True)  # fmt: skip
    assert sync.counts == {"changed": 1, "added": 1, "retired": 1}
    assert everything() != before
    sync = take_back(town, sync)
    assert everything() == before
    assert set(sync.changes.values_list("state", flat=True)) == {"undone"}
    assert Entry.objects.filter(deed="sync_undone").count() == 1


def test_what_was_changed_and_set_again_since_is_kept(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;mairie@aubrac.example;M1;Maire"))
    for name in ("Zoélie", "Zoé"):
        parties.update(town, one("P1"), {"first_name": name})
    sync = take_back(town, sync)
    assert (one("P1").first_name, sync.changes.get(code="P1").state) == ("Zoé", "kept")


def test_what_was_changed_since_is_kept_and_named(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;mairie@aubrac.example;M1;Maire",
                             "P2;Petit;Jeanne;mairie@aubrac.example;M1;Adjoint"))  # fmt: skip
    parties.update(town, one("P1"), {"first_name": "Zoélie"})
    sync = take_back(town, sync)
    assert (one("P1").first_name, one("P2").first_name) == ("Zoélie", "Jean")
    kept = sync.changes.get(state="kept")
    assert (kept.code, kept.problems[0]["code"]) == ("P1", "sync_since")
    assert sync.counts["kept"] == 1


def test_who_has_another_main_place_since_is_kept_and_the_others_are_taken_back(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Léa;mairie@aubrac.example;;",
                             "P2;Petit;Jean;mairie@aubrac.example;;"))  # fmt: skip
    positions.attach(town, one("P2"), {"organisation": one("M2").pk, "function": "Maire", "main": True})
    sync = take_back(town, sync)
    assert sync.counts["kept"] == 1
    assert (one("P1").function, one("P2").function) == ("Maire", "Maire")


def test_going_back_to_the_columns_too_late_forgets_nothing(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;;M1;Maire"))
    late = Sync.objects.get(pk=sync.pk)
    cycle.start_run(town, sync)
    cycle.reopen(late)
    jobs.run_pending()
    assert one("P1").first_name == "Zoé"
    sync.refresh_from_db()
    take_back(town, sync)
    assert one("P1").first_name == "Léa"


def test_forgetting_a_file_too_late_forgets_nothing(town, tmp_path):
    stale = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Éléa;;M1;Maire"))
    cycle.start_run(town, Sync.objects.get(pk=stale.pk))
    assert cycle.discard(stale) is False
    assert Sync.objects.get(pk=stale.pk).file.exists()
    jobs.run_pending()
    assert one("P1").first_name == "Éléa"


def test_columns_chosen_too_late_do_not_begin_it_anew(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Éléa;;M1;Maire"))
    stale = Sync.objects.get(pk=sync.pk)
    stale.state = State.DRAFT  # as another request read it before the comparison
    intake.map_columns(stale, stale.mapping, {})
    assert Sync.objects.get(pk=sync.pk).state == State.CHECKED


def test_another_operator_takes_back_what_one_who_left_applied(town, tmp_path):
    sync = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Éléa;;M1;Maire"))
    Sync.objects.filter(pk=sync.pk).update(by=None)
    take_back(town, Sync.objects.get(pk=sync.pk))
    assert one("P1").first_name == "Léa"


def test_an_earlier_sync_can_be_taken_back_once_the_later_one_was(town, tmp_path):
    first = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;mairie@aubrac.example;M1;Maire"))
    second = apply(town, write(tmp_path, PEOPLE, "P1;Roy;Ève;mairie@aubrac.example;M1;Maire"))
    take_back(town, second)
    take_back(town, first)
    assert one("P1").first_name == "Léa"


def test_what_was_taken_back_can_come_again(town, tmp_path):
    path = write(tmp_path, PEOPLE, "P3;Neuf;Neuve;;M1;Maire")
    take_back(town, apply(town, path))
    assert not Party.objects.filter(code="P3", binned_at=None).exists()
    apply(town, path)
    assert one("P3").name == "Neuve Neuf"
    assert Party.objects.filter(code="P3").count() == 1


def test_a_record_changed_while_one_looked_is_left_alone(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, "P1;Roy;Zoé;;M1;Maire"))
    parties.update(town, one("P1"), {"first_name": "Lia"})
    cycle.start_run(town, sync)
    jobs.run_pending()
    assert one("P1").first_name == "Lia"
    assert sync.changes.get().problems == [{"target": "", "code": "sync_meanwhile", "params": {}}]


def test_who_goes_to_an_organisation_that_went_meanwhile_is_left_alone(town, tmp_path):
    sync = compare(town, write(tmp_path, PEOPLE, "P2;Petit;Jean;mairie@aubrac.example;M2;Maire",
                               "P3;Neuf;Max;;M2;Adjoint"))  # fmt: skip
    one("M2").delete()
    cycle.start_run(town, sync)
    jobs.run_pending()
    assert one("P2").function == "Adjoint"
    assert not Party.objects.filter(code="P3").exists()
    assert list(sync.changes.values_list("state", flat=True)) == ["refused", "refused"]


def test_a_file_is_compared_once_however_often_one_asks(sonia_inside, tmp_path):
    path = write(tmp_path, BODIES, "M1;Mairie;;Aubrac;12470")
    sync = SYNC.receive(sonia_inside, path, path.name, "organisations")
    twice = Sync.objects.get(pk=sync.pk)
    assert cycle.start_check(sonia_inside, sync, complete=False) is not None
    assert cycle.start_check(sonia_inside, twice, complete=False) is None
    assert Job.objects.count() == 1


def test_a_place_ends_by_the_file_s_own_date(town, tmp_path):
    headers = f"{PEOPLE};Depuis;Jusqu’au"
    path = write(tmp_path, headers, "P1;Roy;Léa;mairie@aubrac.example;M1;Maire;15/03/2020;01/06/2024")
    sync = SYNC.receive(town, path, path.name, "contacts")
    sync.mapping[-2:] = ["since", "until"]
    cycle.start_check(town, sync, complete=False)
    jobs.run_pending()
    sync.refresh_from_db()
    cycle.start_run(town, sync)
    jobs.run_pending()
    former = Position.objects.get(contact=one("P1"), since=date(2020, 3, 15))
    assert former.until == date(2024, 6, 1)


def test_only_the_operator_syncs(service, sonia, aicha, tmp_path):
    path = write(tmp_path, PEOPLE, "P1;Roy;Léa;;;")
    with inside(aicha.account), pytest.raises(PermissionDenied):
        SYNC.receive(aicha, path, path.name, "contacts")


def test_each_record_is_told_and_readable_by_accounts_without_who(town, aicha):
    with inside(aicha.account):
        told = About.readable.filter(shared=True)
        assert set(told.values_list("shown_as", flat=True)) == {
            "Léa Roy", "Jean Petit", "Mairie d’Aubrac-le-Haut", "Mairie de Belval",
        }  # fmt: skip
        assert not Entry.objects.filter(pk__in=list(told.values_list("entry", flat=True))).exists()


@pytest.mark.parametrize("at", ["check", "run", "undo"])
def test_a_row_that_the_program_fails_on_is_left_out_and_said(town, tmp_path, monkeypatch, at):
    """No sync fails for its content: the others are compared, applied and taken back."""
    fails = {"check": (comparing, "clean_of"), "run": (applying, "clean_of"), "undo": (undoing, "clean_of")}
    room, name = fails[at]
    usual = getattr(room, name)

    def broken(cleaner, letter, record, patch):
        assert not record or record.party.code != "P1"
        return usual(cleaner, letter, record, patch)

    path = write(tmp_path, PEOPLE, "P1;Roy;Zoé;;M1;Maire", "P2;Roy;Max;;M1;Maire")
    with monkeypatch.context() as patched:
        if at == "check":
            patched.setattr(room, name, broken)
        sync = compare(town, path)
    with monkeypatch.context() as patched:
        if at == "run":
            patched.setattr(room, name, broken)
        cycle.start_run(town, sync)
        jobs.run_pending()
    if at == "undo":
        monkeypatch.setattr(room, name, broken)
        sync = take_back(town, sync)
    left = sync.changes.get(code="P1")
    assert left.problems == [{"target": "", "code": "row_failed", "params": {}}]
    assert sync.changes.get(code="P2").state == ("undone" if at == "undo" else "done")
