"""Import into a list: created, changed and unchanged records are added to it."""

import io
import json

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.cli.main import main
from entregent.directory.lists.lists import members
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, ListMember
from entregent.exchange import intake, listing
from entregent.exchange.models import Import
from entregent.runs import cycle

FILE = "Nom;Prénom;Email\nRoy;Ann;ann@lac.example\nGagnon;Luc;luc@lac.example\n;;\nRoy;Ann;ann@lac.example\n"


def load(by: Actor, text: str) -> Import:
    source = intake.receive(by, io.BytesIO(FILE.encode()), "gens.csv", "contacts")
    listing.keep(source, listing.asked(by, text))
    cycle.start_run(by, source)
    jobs.run_pending()
    source.refresh_from_db()
    return source


def names(by: Actor, found: ContactList) -> set[str]:
    return set(members(by, found).values_list("last_name", flat=True))


def test_all_rows_enter_a_new_list_those_already_there_too(bruno: Actor):
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "email": "ann@lac.example"})
    source = load(bruno, "Salon 2026")
    assert source.state == Import.State.DONE
    made = ContactList.objects.get()
    assert (made.name, source.list) == ("Salon 2026", made)
    assert names(bruno, made) == {"Roy", "Gagnon"}
    assert {row.added_by_id for row in ListMember.objects.all()} == {bruno.user_id}


def test_a_new_list_named_by_a_number_is_not_taken_for_an_id(bruno: Actor):
    source = intake.receive(bruno, io.BytesIO(FILE.encode()), "gens.csv", "contacts")
    listing.keep(source, listing.asked(bruno, "2027"))
    other = lists.create(bruno, {"name": "Autre", "category": "C"})
    ContactList.objects.filter(pk=other.pk).update(id=2027)
    other = ContactList.objects.get(pk=2027)
    cycle.start_run(bruno, source)
    jobs.run_pending()
    source.refresh_from_db()
    assert source.list.name == "2027"
    assert names(bruno, other) == set()


def test_an_existing_list_keeps_who_was_in_it(bruno: Actor):
    made = lists.create(bruno, {"name": "Presse", "category": "C"})
    known = parties.create(bruno, "p", {"last_name": "Tremblay", "first_name": "Zoé"})
    list_members.add(bruno, made, [known])
    load(bruno, "presse")
    load(bruno, str(made.pk))
    assert names(bruno, made) == {"Tremblay", "Roy", "Gagnon"}


def test_a_number_that_is_no_lists_id_is_a_name(bruno: Actor):
    source = load(bruno, "202520252025")
    assert source.list.name == "202520252025"
    load(bruno, "202520252025")
    assert ContactList.objects.get() == source.list


def test_the_category_tells_namesakes_apart(bruno: Actor):
    made = [lists.create(bruno, {"name": "Presse", "category": category}) for category in ("Nord", "Sud")]
    with pytest.raises(Invalid):
        listing.asked(bruno, "presse")
    assert load(bruno, "SUD/presse").list == made[1]
    assert load(bruno, "Est/Presse").list not in made


def test_nothing_is_made_before_the_run(bruno: Actor):
    source = intake.receive(bruno, io.BytesIO(FILE.encode()), "gens.csv", "contacts")
    listing.keep(source, listing.asked(bruno, "Salon"))
    cycle.start_check(bruno, source)
    jobs.run_pending()
    assert not ContactList.objects.exists()


def test_a_list_that_takes_nobody_is_refused_at_once(bruno: Actor, aicha: Actor, chloe: Actor):
    lists.create(bruno, {"name": "Eau", "category": "C", "kind": "dynamic", "search": {"kind": "p"}})
    hidden = lists.create(aicha, {"name": "Zorglub", "category": "C", "reach": "me"})
    for text in ("eau", "x" * 151):
        with pytest.raises(Invalid):
            listing.asked(bruno, text)
    assert listing.asked(bruno, str(hidden.pk)) == listing.Into(name=str(hidden.pk))  # what is not there for them
    with pytest.raises(PermissionDenied):
        listing.asked(chloe, "Salon")


def test_a_list_that_goes_meanwhile_stops_nothing(bruno: Actor):
    made = lists.create(bruno, {"name": "Presse", "category": "C"})
    source = intake.receive(bruno, io.BytesIO(FILE.encode()), "gens.csv", "contacts")
    listing.keep(source, listing.asked(bruno, "presse"))
    cycle.start_run(bruno, source)
    lists.delete(bruno, [made])
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, source.counts["created"]) == (Import.State.DONE, 2)


@pytest.mark.django_db(transaction=True)
def test_the_command_imports_into_a_list_and_exports_it(bruno: Actor, tmp_path):
    file, out = tmp_path / "gens.csv", tmp_path / "sortie.csv"
    file.write_text(FILE)
    who = ["--account", "lac", "--user", "bruno@lac.example"]
    done = CliRunner().invoke(main, ["import", str(file), *who, "--list", "Salon", "--json"])
    assert done.exit_code == 0, done.output
    told = CliRunner().invoke(main, ["export", *who, "--format", "csv", "-o", str(out), "--list", "salon", "--json"])
    assert json.loads(told.output)["count"] == 2
    assert "Gagnon" in out.read_text()
    assert CliRunner().invoke(main, ["export", *who, "--format", "csv", "-o", "-", "--list", "rien"]).exit_code == 1
