"""«Filtre avancé»: build a nested filter without scripts; read it from and write it to an address (X2)."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.actions.parties import parties
from entregent.directory.selections.nested import MOST_GROUPS_DEEP, Group, Leaf, parse
from entregent.web.selections.building import pruned, read, written

URL = "/lac/contacts/filtre/"
_text = st.text('a é(),"\\', max_size=8).map(str.strip)
_leaf = st.builds(Leaf, st.sampled_from(["tag", "city", "status"]), _text)


def _group(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(Group, st.sampled_from(["and", "or", "not"]), st.lists(inner, max_size=3).map(tuple))


_tree = st.recursive(_leaf, _group, max_leaves=12)


def depth(node) -> int:
    return 1 + max(map(depth, node.parts), default=0) if isinstance(node, Group) else 1


@given(_tree.filter(lambda node: isinstance(node, Group) and depth(node) <= MOST_GROUPS_DEEP + 1))
def test_a_form_holds_the_whole_tree(root):
    assert read(written(root)) == root


def test_groups_that_hold_nothing_are_left_out():
    assert pruned(Group("and", (Group("or", (Group("not", ()),)), Leaf("a", "b")))) == Group("and", (Leaf("a", "b"),))


class Walk:
    """Whoever has no scripts: presses a button of the form, with all that it holds."""

    def __init__(self, client, url: str) -> None:
        self.client = client
        self.open(url)

    def open(self, url: str) -> None:
        self.answer = self.client.get(url, follow=True)
        self.html = self.answer.content.decode()

    def press(self, do: str = "", **changes: str) -> "Walk":
        fields = self.fields() | {name.replace("_", "."): value for name, value in changes.items()}
        self.answer = self.client.get(URL, fields | ({"do": do} if do else {}), follow=True)
        self.html = self.answer.content.decode()
        return self

    def fields(self) -> dict[str, str]:
        form = self.html[self.html.index('<form id="builder"') :]
        form = form[: form.index("</form>")]
        found = {}
        for tag in re.findall(r"<input[^>]*>", form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            found[name[1]] = unescape(value[1]) if value else ""
        for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
            options = re.findall(r'<option value="([^"]*)"( selected)?', inside)
            found[name] = unescape(next((value for value, chosen in options if chosen), options[0][0]))
        return found

    @property
    def address(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.answer.redirect_chain[-1][0]).query))


@pytest.fixture
def known(aicha) -> None:
    for name, city, tags in (
        ("A", "Crest", ["presse"]),
        ("B", "Die", ["presse"]),
        ("C", "Crest", []),
        ("D", "Lyon", []),
    ):
        card = {"first_name": "Zoé", "last_name": name, "address": {"city": city}, "tags": tags}
        parties.create(aicha, "p", card)


def test_one_builds_it_step_by_step_without_scripts(known, aicha, browse):
    walk = Walk(browse(aicha), f"{URL}?q=zoé&sort=-name")
    walk.press("add:0", a0="tag")
    assert "autofocus" in walk.html
    walk.press("group:0", v0_0="presse")
    walk.press("add:0.1", a0_1="city").press("add:0.1", a0_1="city", v0_1_0="Die", g0_1="not")
    walk.press(v0_1_1="Lyon, (Rhône)")
    assert walk.address == {"q": "zoé", "sort": "-name", "f": 'and(tag:presse,not(city:Die,city:"Lyon, (Rhône)"))'}
    assert "Zoé A" in walk.html
    assert "Zoé B" not in walk.html
    assert "Zoé C" not in walk.html


def test_it_opens_with_what_the_list_shows(known, aicha, browse):
    walk = Walk(browse(aicha), f"{URL}?tag=presse&f=or(city:Die,city:Lyon)")
    assert "Balise est" in walk.html
    walk.press()
    assert parse(walk.address["f"]) == Group(
        "and", (Group("or", (Leaf("city", "Die"), Leaf("city", "Lyon"))), Leaf("tag", "presse"))
    )
    walk.open(f"{URL}?f=and(city:Die,tag:presse)")
    walk.press("remove:0.0").press()
    assert walk.address["f"] == "and(tag:presse)"
    walk.open(f"{URL}?f=and(city:Die)")
    walk.press("remove:0.0").press()
    assert "f" not in walk.address


def test_what_is_wrong_is_told_where_it_is_and_kept(aicha, browse):
    walk = Walk(browse(aicha), f"{URL}?f=and(updated_since:2020-01-01,city:Die)")
    walk.press(**{"v0_0": "hier", "v0_1": ""})
    assert walk.answer.status_code == 422
    assert 'value="hier"' in walk.html
    assert walk.html.count('aria-invalid="true"') == 2
    assert "Ce filtre" in browse(aicha).get(f"{URL}?f=and(city").content.decode()


def test_nothing_nests_without_end(aicha, browse):
    walk = Walk(browse(aicha), URL)
    place = "0"
    for _level in range(MOST_GROUPS_DEEP + 3):
        walk.press(f"group:{place}")
        place += ".0"
    assert walk.html.count('class="filter-group"') == MOST_GROUPS_DEEP
    leaves = ",".join(["city:Die"] * 50)
    walk = Walk(browse(aicha), f"{URL}?f=and({leaves})")
    assert "50 conditions au plus" in walk.html
    walk.press("add:0", a0="city")
    assert walk.html.count('value="Die"') == 50


def test_markup_typed_stays_text(aicha, browse):
    html = browse(aicha).get(URL, {"f": 'and(tag:"<b>x</b>",source:mine)'}).content.decode()
    assert "<b>x</b>" not in html
    page = browse(aicha).get(URL, {"g0": "and", "n0.0": "<i>", "v0.0": "x"})
    assert page.status_code == 422
    assert "<i>" not in page.content.decode()


def test_organisations_have_theirs_and_a_name_becomes_its_number(aicha, browse):
    pk = parties.create(aicha, "o", {"name": "Mairie de Die"}).pk
    html = browse(aicha).get("/lac/organismes/filtre/").content.decode()
    assert '<option value="family">' in html
    assert '<option value="function">' not in html
    done = browse(aicha).get(URL, {"g0": "and", "n0.0": "organisation", "v0.0": "mairie de die"})
    assert f"f=and%28organisation%3A{pk}%29" in done.url


def test_the_panel_leads_to_it_and_forgets_nothing(aicha, browse):
    client = browse(aicha)
    panel = client.get("/lac/contacts/?filtrer=1&f=and(city:Die)&postal_code=26").content.decode()
    assert "/lac/contacts/filtre/?postal_code=26&f=and%28city%3ADie%29" in unescape(panel)
    assert '<input type="hidden" name="f" value="and(city:Die)">' in panel
    assert '<input type="hidden" name="postal_code" value="26">' in panel


def test_the_panel_shows_a_value_that_is_not_among_its_choices(aicha, browse):
    panel = browse(aicha).get("/lac/contacts/?filtrer=1&active=true&status=Parti&country=fr&assigned_to=me")
    for value, label in (("true", "Actif"), ("Parti", "Parti"), ("fr", "France"), ("me", "Attribué à moi")):
        assert f'<option value="{value}" selected>{label}</option>' in panel.content.decode()
