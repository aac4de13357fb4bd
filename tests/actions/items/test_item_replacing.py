"""Replacing an item: each record's history has the change, and the infobox the number of records (A4, E2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.frame import Conflict
from entregent.actions.items import items
from entregent.actions.parties import parties, refreshing
from entregent.actions.standing import relations
from entregent.directory.items.register import LISTS
from entregent.directory.models import Item, JobFunction, OrganisationFamily, Party, Skill, Tag
from entregent.journal import timeline
from entregent.journal.changes import Reader
from entregent.journal.models import About, Entry
from entregent.journal.sentences import html, words
from entregent.journal.timeline import Filter, Told

ALONE = {"visibility": {"mode": "creator"}}


def person(by: Actor, name: str, **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "Ann"} | card)


def replace(by: Actor, code: str, old: Item, name: str) -> None:
    found = LISTS[code].model.objects.filter(name=name).first()
    items.delete(by, code, old, replace_by=found or items.create(by, code, {"name": name}))


def last(by: Actor, party: Party) -> tuple[Told, dict[str, list]]:
    """The newest line of a record's history, and what it says was changed."""
    told = timeline.of_party(by, party, Filter()).rows[0]
    changes = told.abouts[0].changes
    return told, {change.field: [change.old, change.new] for change in Reader(by, [changes]).words(changes)}


def said(by: Actor) -> list[str]:
    """The account's infobox as ``by`` reads it, newest first."""
    with translation.override("fr"):
        return [
            words(one.entry, [about.shown_as for about in one.abouts], one.more, numbers=one.numbers)
            for one in timeline.of_account(by, Filter()).rows
        ]


def test_the_history_of_a_record_says_which_tag_gave_way(bruno):
    ann, both = person(bruno, "Roy", tags=["Presse", "Radio"]), person(bruno, "Lam", tags=["Presse", "Élus"])
    before = Party.objects.get(pk=ann.pk).version
    replace(bruno, "tags", Tag.objects.get(key="presse"), "Élus")
    told, changes = last(bruno, ann)
    assert (told.entry.deed, told.entry.by_name) == ("item_deleted", bruno.name)
    assert changes == {"tags": ["Presse, Radio", "Radio, Élus"]}
    assert last(bruno, both)[1] == {"tags": ["Presse, Élus", "Élus"]}
    ann.refresh_from_db()
    assert (ann.version, ann.tag_names) == (before + 1, ["Radio", "Élus"])
    assert About.objects.get(party=ann, deed="item_deleted").version == ann.version


def test_skills_statuses_and_families_too(bruno):
    ann = person(bruno, "Roy", skills=["Chant", "Danse"])
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    relations.set_status(bruno, [ann], lambda _party: status)
    family = items.create(bruno, "families", {"name": "Écoles"})
    lycee = parties.create(bruno, "o", {"name": "Lycée", "family": "Écoles"})
    replace(bruno, "skills", Skill.objects.get(key="chant"), "Tango")
    assert last(bruno, ann)[1] == {"skills": ["Chant, Danse", "Danse, Tango"]}
    replace(bruno, "statuses", status, "Membre")
    assert last(bruno, ann)[1] == {"status": ["Prospect", "Membre"]}
    replace(bruno, "families", OrganisationFamily.objects.get(pk=family.pk), "Lycées")
    assert last(bruno, lycee)[1] == {"family": ["Écoles", "Lycées"]}


def test_a_function_is_told_with_where_it_is_held(bruno):
    ann = person(bruno, "Roy", organisation_name="Lac", function="Dir.")
    replace(bruno, "functions", JobFunction.objects.get(), "Directrice")
    assert last(bruno, ann)[1] == {"organisation": ["", "Lac"], "function": ["Dir.", "Directrice"]}


def test_what_someone_is_at_a_hidden_organisation_is_told_to_who_sees_it(bruno, aicha, chloe):
    ann = person(aicha, "Roy", organisation_name="Lac", function="Espionne")
    lac = ann.positions.get().organisation
    parties.update(aicha, lac, ALONE)
    replace(aicha, "functions", JobFunction.objects.get(), "Maire")
    assert last(aicha, lac)[1] == {"function": ["Espionne", "Maire"]}
    assert not About.objects.filter(party=ann, deed="item_deleted").exists()
    assert not any("Espionne" in sentence for sentence in said(chloe))


def test_the_infobox_says_what_and_how_many(bruno):
    for name in ("Roy", "Lam"):
        person(bruno, name, tags=["Presse"])
    parties.create(bruno, "o", {"name": "Gazette", "tags": ["Presse"]})
    replace(bruno, "tags", Tag.objects.get(key="presse"), "Élus")
    assert said(bruno)[0] == f"{bruno.name} a remplacé la balise Presse par Élus\u00a0: 2 contacts et 1 organisme"


def test_one_record_is_named_and_none_is_not_missed(bruno):
    person(bruno, "Roy", tags=["<b>"])
    replace(bruno, "tags", Tag.objects.get(), "Élus")
    assert said(bruno)[0] == f"{bruno.name} a remplacé la balise <b> par Élus\u00a0: Ann Roy"
    assert "<b>" not in html(Entry.objects.latest("id"), ["Ann Roy"])
    replace(bruno, "categories", items.create(bruno, "categories", {"name": "Élus"}), "Archives")
    assert said(bruno)[0] == f"{bruno.name} a remplacé la catégorie Élus par Archives"


@pytest.mark.parametrize("code", LISTS)
def test_what_is_made_renamed_and_deleted_is_said_with_its_kind(bruno, code):
    item = items.create(bruno, code, {"name": "Eau"})
    items.change(bruno, code, item, {"name": "Air"})
    items.delete(bruno, code, item)
    kind = {"categories": "la catégorie", "functions": "la fonction", "skills": "la compétence",
            "families": "la famille d’organismes", "statuses": "le statut", "tags": "la balise"}[code]  # fmt: skip
    assert said(bruno)[:3] == [
        f"{bruno.name} a supprimé du paramétrage\u00a0: {kind} Air",
        f"{bruno.name} a modifié dans le paramétrage\u00a0: {kind} Eau → Air",
        f"{bruno.name} a créé dans le paramétrage\u00a0: {kind} Eau",
    ]


def test_hidden_records_are_told_and_counted_to_nobody_else(bruno, aicha, chloe):
    for name in ("Roy", "Lam"):
        person(bruno, name, tags=["Presse"])
    hidden = person(aicha, "Zorglub", tags=["Presse", "Secret"], **ALONE)
    replace(bruno, "tags", Tag.objects.get(key="presse"), "Élus")
    ending = " a remplacé la balise Presse par Élus\u00a0: "
    assert said(bruno)[0] == f"{bruno.name}{ending}2 contacts"
    assert said(chloe)[0] == f"{bruno.name}{ending}2 contacts"
    assert said(aicha)[0] == f"{bruno.name}{ending}3 contacts"
    assert last(aicha, hidden)[1] == {"tags": ["Presse, Secret", "Secret, Élus"]}
    replace(aicha, "tags", Tag.objects.get(key="secret"), "Élus")
    assert said(aicha)[0] == f"{aicha.name} a remplacé la balise Secret par Élus\u00a0: Ann Zorglub"
    assert not any("Secret" in sentence for sentence in said(chloe))


def test_who_sees_none_of_the_first_is_told_of_the_others(bruno, aicha, chloe):
    for index in range(6):
        person(aicha, f"Zorglub {index}", tags=["Presse"], **ALONE)
    person(aicha, "Roy", tags=["Presse"])
    replace(bruno, "tags", Tag.objects.get(), "Élus")
    assert said(chloe)[0] == f"{bruno.name} a remplacé la balise Presse par Élus\u00a0: 1 contact"


def test_who_had_the_record_open_does_not_put_the_item_back(bruno):
    ann = person(bruno, "Roy", tags=["Presse"])
    version = ann.version
    replace(bruno, "tags", Tag.objects.get(), "Élus")
    with pytest.raises(Conflict) as conflict:
        parties.update(bruno, ann, {"tags": ["Presse", "Radio"]}, version=version)
    assert [(theirs.field, theirs.new) for theirs in conflict.value.theirs] == [("tags", ["Élus"])]


def test_what_an_account_put_on_a_shared_record_is_told_there(sonia, aicha):
    with inside(sonia.account):
        base = person(sonia, "Roy", tags=["Préfecture"])
    layer = parties.update(aicha, Party.readable.get(pk=base.pk), {"tags": ["Presse"]})
    replace(aicha, "tags", Tag.objects.get(key="presse"), "Élus")
    assert last(aicha, layer)[1] == {"tags": ["Presse, Préfecture", "Préfecture, Élus"]}


@pytest.mark.parametrize("code", ["tags", "skills", "functions"])
def test_many_cost_the_queries_of_a_few(bruno, code, monkeypatch):
    monkeypatch.setattr(refreshing, "AT_ONCE", 0)
    new = items.create(bruno, code, {"name": "Élus"})
    spent = []
    for number in (6, 16):
        for index in range(number):
            card = {"function": "Presse", "organisation_name": "Lac"} if code == "functions" else {code: ["Presse"]}
            person(bruno, f"{code} {number} {index}", **card)
        with CaptureQueriesContext(connection) as queries:
            items.delete(bruno, code, LISTS[code].model.objects.get(key="presse"), replace_by=new)
        spent.append(len(queries))
        assert About.objects.filter(entry=Entry.objects.latest("id")).count() == number
        with CaptureQueriesContext(connection) as queries:
            timeline.of_account(bruno, Filter(deed="item_deleted"))
        spent.append(len(queries))
    assert spent[:2] == spent[2:]
