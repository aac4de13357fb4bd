"""`/lists`: a request is carried out completely or not at all; numbers are ids of lists, texts their names."""

from entregent.accounts.models import Team
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.directory.models import ContactList
from entregent.journal.models import Entry


def test_what_is_refused_with_a_change_undoes_the_change(api, aicha, bruno, lac):
    others = Team.objects.create(account=lac, name="Autres")
    made = lists.create(aicha, {"name": "Presse", "category": "Général"})
    asked = {"name": "Médias", "reach": "teams", "teams": [others.pk], "archived": True}
    refused = api(bruno).send("PATCH", f"lists/{made.pk}", asked)  # who no more sees it doesn't archive it
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "list_unknown")
    kept = ContactList.objects.get()
    assert (kept.name, kept.reach, kept.archived_at) == ("Presse", "all", None)
    assert Entry.objects.filter(deed="list_changed").count() == 0


def test_a_programs_number_is_an_id_and_its_text_a_name_too(api, bruno):
    ann = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})
    program = api(bruno)
    refused = program.post("actions/list", {"contacts": [ann.pk], "data": {"list": 202520252025}})
    assert (refused.status_code, ContactList.objects.count()) == (422, 0)
    assert program.post("actions/list", {"contacts": [ann.pk], "data": {"list": "202520252025"}}).status_code == 200
    assert [found.name for found in ContactList.objects.all()] == ["202520252025"]
    taken = program.post("actions/unlist", {"contacts": [ann.pk], "data": {"list": "202520252025"}})
    assert taken.json()["contacts"] == [ann.pk]
