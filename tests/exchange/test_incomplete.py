"""Contacts who come from files with one name or only an e-mail: «À compléter», until somebody completes them."""

import pytest
from django.urls import reverse

from entregent.actions.parties import parties
from entregent.actions.standing import states
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.runs import cycle

from .test_row_by_row import Case, done, give


@pytest.fixture
def files(bruno, tmp_path):
    """One with a last name, one with a first name, one with an e-mail alone; Léa is complete."""
    source = give(bruno, Case("Dupont;;d@x.example\n;Max\n;;seule@x.example\nA;Léa;lea@x.example"), tmp_path)
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"created": 4}
    assert source.counts["notes"] == {"to_complete": 3}
    return source


def named(name: str) -> Party:
    return Party.objects.get(name=name)


def test_the_work_list_and_the_badge_show_them(browse, bruno, files):
    found = Selection.read("p", {"incomplete": "oui"}).parties(bruno)
    assert sorted(party.name for party in found) == ["Dupont", "Max", "seule@x.example"]
    client = browse(bruno)
    page = client.get(reverse("contacts:list", args=["lac"]) + "?incomplete=oui").content.decode()
    assert page.count(">À compléter</span>") == 3
    report = client.get(reverse("imports:page", args=["lac", files.pk])).content.decode()
    assert "?incomplete=oui" in report
    for party in found:
        assert "À compléter" in client.get(reverse("contacts:page", args=["lac", party.pk])).content.decode()
    assert (
        "À compléter</a>"
        not in client.get(reverse("contacts:page", args=["lac", named("Léa A").pk])).content.decode()
    )


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", ["Dupont", "Max", "seule@x.example"])
def test_they_are_changed_without_being_completed(browse, bruno, name):
    """By the action (API, import, command line), by the form, by a tool."""
    party = parties.update(bruno, named(name), {"phone": "04 75 87 81 00"})
    assert party.phone == "04 75 87 81 00"
    address = reverse("contacts:edit", args=["lac", party.pk])
    client = browse(bruno)
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() or "" for field in form if not isinstance(field.value(), list)}
    for rows in form.sets.values():
        data |= {f"{rows.prefix}-TOTAL_FORMS": "0", f"{rows.prefix}-INITIAL_FORMS": "0"}
    answer = client.post(address, data | {"version": party.version, "notes": "vu", "visibility": "everyone"})
    assert answer.status_code == 302, answer.context["form"].errors
    states.deactivate(bruno, [named(name)])
    assert (named(name).notes, named(name).active) == ("vu", False)


@pytest.mark.usefixtures("files")
def test_a_name_that_is_there_stays_required(bruno):
    with pytest.raises(Invalid):
        parties.update(bruno, named("Dupont"), {"last_name": ""})
    with pytest.raises(Invalid):
        parties.update(bruno, named("seule@x.example"), {"email": ""})
    completed = parties.update(bruno, named("seule@x.example"), {"last_name": "Roy", "first_name": "Ana"})
    assert (completed.name, completed.incomplete) == ("Ana Roy", False)


def test_forms_and_the_api_add_nobody_without_a_name(bruno):
    with pytest.raises(Invalid):
        parties.create(bruno, "p", {"last_name": "Roy", "email": "roy@x.example"})
