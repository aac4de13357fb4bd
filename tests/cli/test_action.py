"""``entregent action``: the toolbox from the command line, with the refusals of the other interfaces."""

import json

import pytest
from click.testing import CliRunner

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.cli.main import main
from entregent.directory.models import Party
from entregent.journal.models import Entry


@pytest.fixture
def run(bruno):
    def run(*words: str, user: str = "bruno@lac.example"):
        return CliRunner().invoke(main, ["action", *words, "--account", "lac", "--user", user])

    return run


@pytest.fixture
def ann(bruno) -> Party:
    return parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})


@pytest.fixture
def radio(bruno) -> Party:
    return parties.create(bruno, "o", {"name": "Radio"})


def tags(party: Party) -> list[str]:
    return Party.objects.get(pk=party.pk).tag_names


def test_it_runs_on_contacts_and_organisations(run, ann, radio):
    done = run("tag", "names=Presse, Eau", "--contact", str(ann.pk), "--organisation", str(radio.pk))
    assert (done.exit_code, done.output) == (0, "Fait\u00a0: 2\n")
    assert tags(ann) == tags(radio) == ["Eau", "Presse"]
    assert Entry.objects.get(deed="tagged").door == "command"


def test_a_key_that_is_repeated_is_a_list(run, ann):
    assert run("tag", "names=Presse", "names=Eau", "--contact", str(ann.pk)).exit_code == 0
    assert tags(ann) == ["Eau", "Presse"]


def test_a_program_reads_json_and_can_take_it_back(run, ann):
    done = json.loads(run("tag", "names=Presse", "--contact", str(ann.pk), "--json").output)
    assert (done["contacts"], done["organisations"], done["same"], done["refused"]) == ([ann.pk], [], 0, [])
    words = [f"{name}={value}" for name, value in done["undo"]["data"].items()]
    assert run(done["undo"]["code"], *words, "--contact", str(ann.pk)).exit_code == 0
    assert tags(ann) == []


def test_what_needs_nothing_is_said(run, ann):
    done = run("activate", "--contact", str(ann.pk))
    assert (done.exit_code, done.output) == (0, "Fait\u00a0: 0\nSans changement\u00a0: 1\n")


def test_who_is_refused_is_named(run, service, sonia, ann):
    assert run("visibility", "mode=creator", "--contact", str(ann.pk)).exit_code == 0
    with inside(sonia.account):
        mayor = parties.create(sonia, "p", {"last_name": "Rivière", "first_name": "Odile"})
    done = run("delete", "--contact", str(ann.pk), "--contact", str(mayor.pk))
    assert done.exit_code == 0, done.output
    assert "Refusé pour Odile Rivière" in done.output
    assert run("delete", "--contact", str(mayor.pk)).exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("dance", "--contact", "{ann}"), 2, "Il n’y a pas d’action dance"),
        (("edit", "--contact", "{ann}"), 2, "Il n’y a pas d’action edit"),
        (("tag", "names=x"), 2, "Indiquez sur quelles fiches"),
        (("tag", "--contact", "{ann}"), 2, "names – Ce champ est obligatoire"),
        (("tag", "names=x", "colour=red", "--contact", "{ann}"), 2, "ne demande pas «\u00a0colour\u00a0»"),
        (("tag", "presse", "--contact", "{ann}"), 2, "ne demande pas «\u00a0presse\u00a0»"),
        (("attach", "organisation=x", "since=hier", "--contact", "{ann}"), 2, "since – Ce n’est pas une date"),
        (("attach", "organisation=x", "--organisation", "{radio}"), 2, "ne s’applique pas aux organismes"),
        (("status", "status=Inconnu", "--contact", "{ann}"), 1, "n’existe pas"),
        (("tag", "names=x", "--contact", "{radio}"), 1, "Il n’y a pas de contact"),
        (("tag", "names=x", "--contact", "9999999999999999999"), 1, "Il n’y a pas de contact"),
        (("purge", "--contact", "{ann}"), 1, "n’a pas le droit"),
    ],
)
def test_what_can_t_be_run_is_refused(run, ann, radio, words, code, said):
    done = run(*(word.format(ann=ann.pk, radio=radio.pk) for word in words))
    assert said in done.output
    assert done.exit_code == code
    assert Party.objects.get(pk=ann.pk).version == 1


def test_a_reader_and_a_stranger_run_nothing(run, chloe, dimitri, ann):
    words = ("tag", "names=x", "--contact", str(ann.pk))
    assert run(*words, user="chloe@lac.example").exit_code == 1
    assert run(*words, user="dimitri@voisin.example").exit_code == 1
    assert tags(ann) == []


def test_the_help_lists_what_each_asks():
    told = CliRunner().invoke(main, ["action", "--help"]).output
    assert "assigned_to=user [note=long_text]" in told
    assert "edit" not in told
    assert "undo" not in told
