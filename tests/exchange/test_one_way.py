"""What an import writes is what a form would: over an account's layer, and in an organisation that it renames."""

from pathlib import Path

from entregent.accounts import jobs
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Channel, Party
from entregent.exchange import intake
from entregent.runs import cycle


def bring_in(by, path: Path, kind: str) -> None:
    source = intake.receive(by, path, path.name, kind)
    intake.map_columns(source, source.mapping, source.constants, "replace")
    cycle.start_run(by, source)
    jobs.run_pending()


def test_a_row_about_a_layer_adds_to_it_and_repeats_nothing(service, sonia, aicha, tmp_path):
    with inside(service):
        card = {"last_name": "Rivière", "first_name": "Odile", "email": "mairie@etang.example", "tags": ["Maire"]}
        shared = parties.create(sonia, "p", card)
    layer = parties.update(aicha, Party.readable.get(pk=shared.pk), {"phone": "01 99 00 12 34"})
    path = tmp_path / "gens.csv"
    headers = "Nom;Prénom;Email;Tags;Site web"
    path.write_text(f"{headers}\nRivière;Odile;mairie@etang.example;Maire, presse;https://odile.example\n")
    bring_in(aicha, path, "contacts")
    rows = Channel.objects.filter(party=layer).order_by("kind").values_list("kind", "value", "from_service")
    assert list(rows) == [
        ("email", "mairie@etang.example", True),
        ("phone", "01 99 00 12 34", False),
        ("website", "https://odile.example", False),
    ]
    layer.refresh_from_db()
    assert layer.tag_names == ["Maire", "presse"]
    assert (layer.last_name, layer.email) == ("Rivière", "mairie@etang.example")


def test_an_organisation_that_a_file_renames_is_renamed_on_its_peoples_rows(aicha, tmp_path):
    body = parties.create(aicha, "o", {"name": "Les Amis", "code": "A1"})
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé", "organisation": body.pk})
    path = tmp_path / "organismes.csv"
    path.write_text("Nom;Code INSEE\nLes Amis du lac;A1\n")
    bring_in(aicha, path, "organisations")
    assert Party.objects.get(kind="p").organisation_name == "Les Amis du lac"
