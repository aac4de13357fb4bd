"""The pages of a record: their contents, permissions and cost."""

import pytest
from tests.queries import assert_flat, queries

from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.shell import widgets
from entregent.web.links import to, to_kind


@pytest.fixture
def mairie(bruno):
    return parties.create(bruno, "o", {"name": "Mairie d’Aubenas", "phone": "04 75 87 81 00"})


@pytest.fixture
def marie(bruno, mairie):
    return parties.create(
        bruno,
        "p",
        {
            "last_name": "Delorme-Lévesque",
            "first_name": "Marie",
            "email": "m.delorme@aubenas.example",
            "phones": [{"value": "0475878100", "label": "bureau"}],
            "organisation": mairie.pk,
            "function": "Directrice de cabinet",
            "website": "aubenas.example",
            "address": {"street": "4, place de l’Hôtel-de-Ville", "postal_code": "07200", "city": "Aubenas"},
            "tags": ["presse"],
        },
    )


def get(browse, by, name, *args, status=200, query=""):
    answer = browse(by).get(to(by, name, *args) + query)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


def test_a_contact_shows_who_they_are(browse, chloe, marie, mairie):
    html = get(browse, chloe, "contacts:page", marie.pk)
    assert "<title>Marie Delorme-Lévesque – Contacts – Entregent</title>" in html
    assert html.count("<h1>") == 1
    assert "Directrice de cabinet" in html
    assert f'href="{to(chloe, "organisations:page", mairie.pk)}"' in html
    assert 'href="mailto:m.delorme@aubenas.example"' in html
    assert 'href="tel:+33475878100"' in html
    assert "04 75 87 81 00" in html
    assert "07200 AUBENAS" in html
    assert 'href="https://aubenas.example"' in html
    assert "presse" in html


def test_the_tabs_have_their_names(browse, chloe, marie):
    html = get(browse, chloe, "contacts:page", marie.pk)
    for name in ("Aperçu", "Fiche client/membre", "Organismes", "Historique"):
        assert f">{name}" in html
    assert "Consentements" not in html  # not there yet: it must not look as if it were


def test_a_reader_is_offered_nothing_they_may_not_do(browse, chloe, marie):
    html = get(browse, chloe, "contacts:page", marie.pk)
    assert to(chloe, "contacts:edit", marie.pk) not in html
    assert to(chloe, "positions:new", marie.pk) not in html


def test_active_is_a_dot_and_its_word(browse, bruno, marie):
    assert '<span class="dot"></span> Actif' in get(browse, bruno, "contacts:page", marie.pk)


def test_an_organisation_shows_its_people(browse, chloe, marie, mairie):
    html = get(browse, chloe, "organisations:page", mairie.pk)
    assert "<title>Mairie d’Aubenas – Organismes – Entregent</title>" in html
    assert f'href="{to(chloe, "contacts:page", marie.pk)}"' in html


def test_an_organisations_page_adds_a_contact_with_itself_filled_in(browse, bruno, mairie):
    html = get(browse, bruno, "organisations:page", mairie.pk)
    assert f'{to(bruno, "contacts:new")}?organisation={mairie.pk}">Ajouter un contact</a>' in html
    form = get(browse, bruno, "contacts:new", query=f"?organisation={mairie.pk}")
    assert f'<option value="{mairie.pk}" selected>Mairie d’Aubenas</option>' in form


def test_former_people_are_apart(browse, bruno, marie, mairie):
    positions.detach(bruno, marie.positions.get())
    assert "Delorme" not in get(browse, bruno, "organisations:people", mairie.pk).split("<aside")[0]
    assert "Delorme" in get(browse, bruno, "organisations:people", mairie.pk, query="?anciens=1").split("<aside")[0]


NAMES = ["page", "sheet", "positions", "history", "edit"]


@pytest.mark.parametrize("name", NAMES)
def test_a_hidden_record_is_not_there(browse, bruno, aicha, name):
    mine = parties.create(bruno, "p", {"last_name": "A", "first_name": "B", "visibility": {"mode": "creator"}})
    get(browse, aicha, f"contacts:{name}", mine.pk, status=404)
    get(browse, bruno, f"contacts:{name}", mine.pk)


@pytest.mark.parametrize("name", NAMES)
def test_another_account_is_not_there(browse, bruno, dimitri, marie, name):
    url = to(bruno, f"contacts:{name}", marie.pk)
    assert browse(dimitri).get(url).status_code == 404
    assert browse(dimitri).get(url.replace("/lac/", "/voisin/")).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_what_is_in_the_bin_is_not_there(browse, bruno, marie, name):
    bin_actions.delete(bruno, [marie])
    get(browse, bruno, f"contacts:{name}", marie.pk, status=404)


def test_a_person_is_no_organisation(browse, bruno, marie, mairie):
    get(browse, bruno, "organisations:page", marie.pk, status=404)
    get(browse, bruno, "contacts:page", mairie.pk, status=404)


def test_shared_with_a_user_is_seen_by_them(browse, bruno, aicha, chloe):
    shared = {"mode": "shared", "teams": [], "users": [chloe.user_id]}
    party = parties.create(bruno, "p", {"last_name": "A", "first_name": "B", "visibility": shared})
    assert "Chloé Tremblay" in get(browse, chloe, "contacts:page", party.pk)
    get(browse, aicha, "contacts:page", party.pk, status=404)


@pytest.mark.parametrize("name", ["page", "positions", "history", "edit", "sheet"])
def test_a_hidden_organisation_is_named_nowhere_on_its_people(browse, bruno, aicha, marie, name):
    parties.update(bruno, marie, {"organisation_name": "Loge discrète", "function": "Vénérable"})
    hidden = marie.positions.get(main=True).organisation
    parties.update(bruno, hidden, {"visibility": {"mode": "creator"}})
    html = get(browse, aicha, f"contacts:{name}", marie.pk)
    assert "discrète" not in html
    assert "Vénérable" not in html
    assert "discrète" in get(browse, bruno, f"contacts:{name}", marie.pk)


def test_a_name_long_or_wicked_is_harmless(browse, bruno):
    wicked = '<script>alert("x")</script>'
    party = parties.create(
        bruno, "p",
        {"last_name": wicked, "first_name": "é" * 150, "tags": [wicked], "notes": wicked, "function": wicked,
         "organisation_name": wicked, "address": {"street": wicked, "city": wicked}},
    )  # fmt: skip
    for name in NAMES:
        html = get(browse, bruno, f"contacts:{name}", party.pk)
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


def test_opening_costs_the_same_whatever_hangs_on_it(browse, bruno, marie):
    client, url = browse(bruno), to(bruno, "contacts:page", marie.pk)

    def grow():
        for index in range(30):
            positions.attach(bruno, marie, {"organisation_name": f"Club {index}"})

    grow_few = positions.attach(bruno, marie, {"organisation_name": "Chorale"})
    assert grow_few.pk
    assert_flat(lambda: client.get(url), grow)


@pytest.mark.parametrize("name", ["page", "people", "history"])
def test_an_organisation_costs_the_same_whatever_its_people(browse, bruno, marie, mairie, name):
    client, url = browse(bruno), to(bruno, f"organisations:{name}", mairie.pk)

    def grow():
        for index in range(30):
            parties.create(bruno, "p", {"last_name": f"N{index}", "first_name": "P", "organisation": mairie.pk})

    assert_flat(lambda: client.get(url), grow)


def test_people_are_paged(browse, bruno, mairie):
    for index in range(60):
        parties.create(bruno, "p", {"last_name": f"Nom{index:02}", "first_name": "P", "organisation": mairie.pk})
    first = get(browse, bruno, "organisations:people", mairie.pk).split("<aside")[0]
    assert "Nom00" in first
    assert "Nom55" not in first
    href = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = get(browse, bruno, "organisations:people", mairie.pk, query=href).split("<aside")[0]
    assert "Nom55" in second
    assert "Nom00" not in second


def test_a_damaged_cursor_is_no_crash(browse, bruno, mairie):
    get(browse, bruno, "organisations:people", mairie.pk, query="?page=xyz", status=400)
    get(browse, bruno, "organisations:page", mairie.pk, query="?suite=xyz", status=400)
    get(browse, bruno, "infobox:page", query="?suite=xyz", status=400)


def test_the_history_reads_the_journal_once(browse, bruno, marie):
    client, url = browse(bruno), to(bruno, "contacts:history", marie.pk)
    client.get(url)
    asked = [sql for sql in queries(lambda: client.get(url)) if "journal_about" in sql]
    assert len([sql for sql in asked if "LIMIT 31" in sql]) == 1
    assert not [sql for sql in asked if "LIMIT 11" in sql]


@pytest.mark.parametrize("kind", ["p", "o"])
def test_the_options_of_a_form_are_drawn_once(bruno, browse, monkeypatch, kind):
    """Countries, languages and users are the same on the next form: 600 options are text that is kept."""
    party = parties.create(
        bruno, kind, {"last_name": "Roy", "first_name": "Ann"} if kind == "p" else {"name": "Radio"}
    )
    client, drawn = browse(bruno), []
    client.get(to_kind(bruno, kind, "edit", party.pk))
    known = widgets._options.cache_info().misses
    monkeypatch.setattr(widgets, "_option", lambda option: drawn.append(option) or "")
    html = client.get(to_kind(bruno, kind, "edit", party.pk)).content.decode()
    assert html.count('<option value="CA">') == 2
    assert widgets._options.cache_info().misses == known
    assert len(drawn) <= 2  # the blank ones of what is suggested
