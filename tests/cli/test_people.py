"""``entregent account|user|token|export``."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from django.test import Client

from entregent.accounts.models import Account, User
from entregent.actions.parties import parties
from entregent.cli.main import main
from entregent.journal.models import Entry


@pytest.fixture
def run(db):
    return lambda *words, **more: CliRunner().invoke(main, list(words), **more)


def test_an_account_is_opened_and_listed(run):
    assert run("account", "create", "lac", "--name", "Les Amis du lac").exit_code == 0
    assert "Les Amis du lac" in run("account", "list").output
    assert json.loads(run("account", "list", "--json").output)[0]["slug"] == "lac"


@pytest.mark.parametrize("slug", ["lac", "api", "Pas Bon"])
def test_a_slug_that_is_taken_reserved_or_wrong_is_refused(run, slug):
    run("account", "create", "lac", "--name", "Un")
    done = run("account", "create", slug, "--name", "Deux")
    assert done.exit_code == 1
    assert Account.objects.count() == 1


def test_a_user_is_made_listed_and_disabled(run):
    run("account", "create", "lac", "--name", "Les Amis du lac")
    words = ("user", "create", "Eve@lac.example", "--account", "lac", "--role", "administrator", "--password-stdin")
    done = run(*words, "--json", input="une-phrase-assez-longue\n")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)[0] | {"role": "administrator", "account": "lac"} == json.loads(done.output)[0]
    assert User.objects.get(email="eve@lac.example").check_password("une-phrase-assez-longue")
    assert json.loads(run("user", "list", "--account", "lac", "--json").output)[0]["active"] is True
    assert run("user", "disable", "eve@lac.example").exit_code == 0
    assert json.loads(run("user", "list", "--json").output)[0]["active"] is False


def test_a_weak_password_or_a_bad_address_makes_nobody(run, lac):
    assert (
        run("user", "create", "eve@lac.example", "--account", "lac", "--password-stdin", input="court\n").exit_code
        == 1
    )
    words = ("user", "create", "eve@lac.example", "--account", "lac", "--password-stdin")
    refused = run(*words, input="les-amis-du-lac-voient-loin\n")
    assert refused.exit_code == 1
    assert "ni le nom du programme ni celui de votre compte" in refused.output
    assert run("user", "create", "eve", "--account", "lac").exit_code == 1
    assert run("user", "create", "eve@lac.example", "--account", "rien").exit_code == 1
    assert not User.objects.exists()


def test_a_user_may_have_a_place_in_two_accounts(run, bruno, voisin):
    assert run("user", "create", "bruno@lac.example", "--account", "voisin", "--role", "reader").exit_code == 0
    assert (
        run("user", "create", "bruno@lac.example", "--account", "voisin", "--password-stdin", input="x\n").exit_code
        == 1
    )
    assert User.objects.count() == 1


def test_a_token_is_printed_once_and_opens_the_api(run, bruno):
    done = run("token", "create", "--account", "lac", "--user", "bruno@lac.example", "--name", "Sauvegarde")
    secret = done.output.strip()
    assert secret.startswith("ent_")
    assert (
        Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()["email"]
        == "bruno@lac.example"
    )
    assert Entry.objects.get(deed="token_created").door == "command"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--account", "lac", "--user", "chloe@lac.example"), 1),
        (("--account", "lac", "--user", "nobody@lac.example"), 1),
        (("--account", "rien", "--user", "bruno@lac.example"), 1),
        (("--account", "voisin", "--user", "bruno@lac.example"), 1),
        (("--account", "lac"), 2),
    ],
)
def test_who_may_not_gets_no_token(run, bruno, chloe, voisin, words, code):
    done = run("token", "create", *words)
    assert done.exit_code == code
    assert "ent_" not in done.output


def export(run, *words):
    return run("export", "--account", "lac", "--user", "bruno@lac.example", "--format", "csv", *words)


def test_an_export_is_written_whole(run, bruno, tmp_path):
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "tags": ["Presse"]})
    parties.create(bruno, "p", {"last_name": "Cyr", "first_name": "Max"})
    file = tmp_path / "out.csv"
    done = export(run, "-o", str(file), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {"count": 2, "file": str(file)}
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Cyr", "Roy"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert Entry.objects.get(deed="exported").door == "command"


def test_an_export_takes_words_and_filters(run, bruno):
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "tags": ["Presse"]})
    parties.create(bruno, "p", {"last_name": "Cyr", "first_name": "Max"})
    for query in ("tag=Presse", "roy"):
        lines = export(run, "-o", "-", "--query", query).stdout_bytes.splitlines()
        assert len(lines) == 2
        assert b"Roy" in lines[1]


def test_a_wrong_filter_is_a_wrong_use_and_leaves_no_file(run, bruno, tmp_path):
    for query in ("tga=Presse", "active=zz"):
        assert export(run, "-o", str(tmp_path / "out.csv"), "--query", query).exit_code == 2
    assert list(tmp_path.iterdir()) == []
