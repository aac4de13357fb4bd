"""The account's infobox: everything that was done, to whom may see it."""

import pytest
from tests.queries import assert_flat

from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
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
