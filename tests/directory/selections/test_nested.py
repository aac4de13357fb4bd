"""Nested filters: text ↔ tree, and the same results as single conditions (X2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.actions.parties import parties
from entregent.directory.selections.nested import MOST_CONDITIONS, MOST_GROUPS_DEEP, WORDS, Group, Leaf, parse, write
from entregent.directory.selections.selections import Selection
from entregent.kernel.errors import Bad

VALUES = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())
LEAVES = st.builds(Leaf, st.sampled_from(["tag", "city", "status", "custom.age"]), VALUES)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(Group, st.sampled_from(WORDS), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=12,
)


def depth(node) -> int:
    return 0 if isinstance(node, Leaf) else 1 + max(depth(part) for part in node.parts)


@given(TREES.filter(lambda tree: depth(tree) <= MOST_GROUPS_DEEP))
def test_what_is_written_is_read_again(tree):
    assert parse(write(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "and()",
        "and(tag:a",
        "tag:a)",
        "tag:",
        "xor(tag:a,tag:b)",
        'tag:"a',
        "and(tag:a)b",
        "tag:a(b",
        ",",
        "tag:a,tag:b",
    ],
)
def test_what_is_no_filter_is_refused(text):
    with pytest.raises(Bad) as bad:
        parse(text)
    assert bad.value.code == "filter_syntax"


def test_what_is_too_large_is_refused():
    for text in ("and(" * 7 + "tag:a" + ")" * 7, f"and({','.join(['tag:a'] * (MOST_CONDITIONS + 1))})"):
        with pytest.raises(Bad) as bad:
            parse(text)
        assert bad.value.code == "filter_large"


@pytest.fixture
def people(aicha):
    for name, city, tags in [
        ("A", "Lyon", ["presse"]),
        ("B", "Lyon", []),
        ("C", "Metz", ["presse"]),
        ("D", "Metz", ["élus"]),
    ]:
        card = {"last_name": name, "first_name": "x", "address": {"city": city}, "tags": tags}
        parties.create(aicha, "p", card)
    return aicha


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("and(city:lyon,tag:presse)", "A"),
        ("or(tag:presse,tag:elus)", "ACD"),
        ("not(tag:presse)", "BD"),
        ("not(tag:presse,tag:elus)", "B"),
        ("and(city:metz,not(tag:presse))", "D"),
        ("or(and(city:lyon,not(tag:presse)),and(city:metz,tag:élus))", "BD"),
    ],
)
def test_it_finds_whom_it_asks_for(people, asked, found):
    selection = Selection.read("p", {"f": asked})
    assert not selection.problems
    assert "".join(sorted(selection.parties(people).values_list("last_name", flat=True))) == found
    assert Selection.read("p", selection.params()) == selection


@pytest.mark.parametrize("asked", ["and(tag:a", "and(nothing:1)", "or(active:peut-être,tag:a)", "f:tag"])
def test_what_cannot_be_read_selects_nobody(people, asked):
    selection = Selection.read("p", {"f": asked})
    assert selection.problems
    assert not selection.parties(people).exists()


def test_denying_what_has_no_sense_selects_nobody_either(people):
    assert not Selection.read("p", {"f": "not(custom.inconnu:x)"}).parties(people).exists()
