"""The account's infobox: everything that was done, to whom may see it."""

from functools import partial

import pytest
from tests.queries import assert_flat

from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.journal.timeline import of_account
from entregent.store import pages
from entregent.web.infobox import views
from entregent.web.links import to


@pytest.fixture
def marie(bruno):
    return parties.create(bruno, "p", {"last_name": "Delorme", "first_name": "Marie"})


def infobox(browse, by, query="", status=200) -> str:
    answer = browse(by).get(to(by, "infobox:page") + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_it_says_who_did_what_to_whom(browse, chloe, bruno, marie):
    html = infobox(browse, chloe)
    assert f'Bruno Lefèvre a ajouté <a href="{to(chloe, "contacts:page", marie.pk)}">Marie Delorme</a>' in html


def test_field_by_field(browse, bruno, marie):
    parties.update(bruno, marie, {"first_name": "Maria"})
    html = infobox(browse, bruno)
    assert "<del>Marie</del>" in html
    assert "<ins>Maria</ins>" in html


def test_filter_by_kind_and_author(browse, aicha, bruno, marie):
    parties.update(aicha, marie, {"first_name": "Maria"})
    body = infobox(browse, bruno, "?deed=changed").split("<main")[1]
    assert "Aïcha Benali a modifié" in body
    assert "a ajouté" not in body
    assert "Rien ne correspond à ce filtre" in infobox(browse, bruno, f"?deed=created&author={aicha.user_id}")


def test_an_unreadable_filter_says_why_nothing_is_found(browse, bruno, marie):
    for page in (
        to(bruno, "infobox:page"),
        to(bruno, "contacts:page", marie.pk),
        to(bruno, "contacts:history", marie.pk),
    ):
        for given in ("since=abc", "until=31/02/2026", "deed=nonsense", "author=x"):
            html = browse(bruno).get(f"{page}?{given}").content.decode()
            name = given.split("=")[0]
            said = html.split(f'id="infobox_{name}_error"')[1].split("</div>")[0]
            assert ("Ce n’est pas une date" if name in ("since", "until") else "Cette valeur") in said
            assert "a ajouté" not in html.split("infobox-filter")[1]
        assert "_error" not in browse(bruno).get(f"{page}?since=2026-01-01&until=&deed=created").content.decode()


def test_a_page_of_hidden_entries_leads_on(browse, bruno, aicha, monkeypatch):
    monkeypatch.setattr(pages, "ROUNDS", 1)
    monkeypatch.setattr(views, "of_account", partial(of_account, size=2))
    parties.create(bruno, "p", {"last_name": "Shown", "first_name": "A"})
    for index in range(3):
        parties.create(bruno, "p", {"last_name": f"N{index}", "first_name": "P", "visibility": {"mode": "creator"}})
    html = infobox(browse, aicha)
    assert "Rien à afficher sur cette page" in html
    assert 'rel="next"' in html


def test_of_many_which_tag_and_how_many_others(browse, bruno):
    many = [parties.create(bruno, "p", {"last_name": f"N{index}", "first_name": "P"}) for index in range(6)]
    tagging.tag(bruno, many[:1], ["ancien"])
    tagging.tag(bruno, many, ["presse"])
    html = infobox(browse, bruno, "?deed=tagged")
    assert "et 1 autre" in html
    assert "<ins>presse</ins>" in html


def test_what_is_in_the_bin_has_no_link(browse, bruno, marie):
    bin_actions.delete(bruno, [marie])
    html = infobox(browse, bruno)
    assert "Marie Delorme" in html
    assert to(bruno, "contacts:page", marie.pk) not in html


def test_a_name_is_text(browse, bruno):
    parties.create(bruno, "p", {"last_name": "<script>alert(1)</script>", "first_name": "<b>x</b>"})
    html = infobox(browse, bruno)
    assert "<script>alert" not in html
    assert "&lt;b&gt;x" in html


def test_hidden_ends_are_not_named(browse, bruno, aicha, marie):
    hidden = parties.create(bruno, "o", {"name": "Discrète", "visibility": {"mode": "creator"}})
    positions.attach(bruno, marie, {"organisation": hidden.pk, "function": "Espionne"})
    html = infobox(browse, aicha)
    assert "Discrète" not in html
    assert "Espionne" not in html
    assert "Discrète" in infobox(browse, bruno)


def test_another_accounts_infobox_is_not_there(browse, bruno, dimitri, marie):
    assert browse(dimitri).get(to(bruno, "infobox:page")).status_code == 404
    assert "Marie" not in infobox(browse, dimitri)


def test_it_costs_the_same_whatever_is_told(browse, bruno, marie):
    client = browse(bruno)

    def grow():
        for index in range(30):
            parties.create(
                bruno, "p", {"last_name": f"N{index}", "first_name": "P", "organisation_name": f"O{index}"}
            )

    parties.update(
        bruno, marie, {"organisation_name": "Une", "visibility": {"mode": "shared", "users": [bruno.user_id]}}
    )
    assert_flat(lambda: client.get(to(bruno, "infobox:page")), grow)


def test_htmx_gets_the_part_alone(browse, bruno, marie):
    answer = browse(bruno).get(to(bruno, "infobox:page"), headers={"HX-Request": "true", "HX-Target": "infobox"})
    html = answer.content.decode()
    assert "<html" not in html
    assert 'id="infobox"' in html
