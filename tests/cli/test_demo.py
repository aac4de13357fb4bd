"""``entregent demo`` creates the demo accounts, and is refused where others can reach them."""

import pytest
from click.testing import CliRunner

from entregent.accounts.models import Account
from entregent.cli.main import main


@pytest.fixture
def run(db):
    return lambda *words: CliRunner().invoke(main, ["demo", *words])


def test_it_makes_the_accounts_and_prints_the_sign_ins(run, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    done = run("--contacts", "3")
    assert done.exit_code == 0, done.output
    assert "admin@demo.example" in done.output
    assert "entregent-demo" in done.output
    assert Account.objects.filter(slug__in=("demo", "voisin")).count() == 2


def test_where_others_reach_the_program_it_is_refused(run, settings):
    settings.BASE_URL = "https://crm.lac.example"
    done = run("--contacts", "3")
    assert done.exit_code == 1
    assert "--force" in done.output
    assert not Account.objects.exists()
    assert run("--contacts", "3", "--force").exit_code == 0


def test_reset_forgets_what_was_changed(run, settings):
    settings.BASE_URL = "http://localhost:8000"
    run("--contacts", "2")
    Account.objects.filter(slug="demo").update(name="Autre")
    run("--contacts", "2", "--reset")
    assert Account.objects.get(slug="demo").name == "Les Amis du lac"
