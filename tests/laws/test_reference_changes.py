"""What a stored search names may be renamed and replaced: the search finds the same as before, under a «not» too."""

import pytest

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.saved_views import views
from entregent.directory.items.register import LISTS
from entregent.directory.lists.lists import members
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, CustomField, Item, Party, SavedView, Tag
from entregent.directory.positions.whereabouts import join_holder
from entregent.directory.selections.nested import Group, Leaf, write
from entregent.directory.selections.register import CONDITIONS
from entregent.directory.selections.selections import Selection
from entregent.web.items.forms import SLUGS

from .asking import program_of

SIGNS = ["Maire|Adjoint", 'a, b) "c"', "and(x:y)", "01:Maire", "C\\|D\\", "«-»"]
"""Names that mean something where searches are written down."""
CONDITIONS_ON = {code: [each for each in CONDITIONS.values() if each.input.items == code] for code in LISTS}


@pytest.fixture
def asked(aicha: Actor):
    """``asked(kind, name, value)``: lists that ask for a value, for it in brackets and for all without it."""

    def made(kind: str, name: str, value: str) -> list[ContactList]:
        nested = [write(Group("and", (Leaf(name, value),))), write(Group("not", (Leaf(name, value),)))]
        searches = [{name: value}, *({"f": each} for each in nested)]
        for number, search in enumerate(searches):
            views.save(aicha, kind, f"{name} {number}", search)
        return [
            lists.create(
                aicha,
                {"name": f"{name} {number}", "category": "Général", "kind": "dynamic",
                 "search": {"kind": kind, **search}},
            )
            for number, search in enumerate(searches)
        ]  # fmt: skip

    return made


def found(by: Actor, made: list[ContactList]) -> list[set[str]]:
    said = [ContactList.objects.get(pk=each.pk) for each in made]
    views = [Selection.read(view.kind, view.search) for view in SavedView.objects.order_by("pk")]
    in_views = [set(view.parties(by).values_list("name", flat=True)) for view in views]
    in_lists = [set(members(by, each).values_list("name", flat=True)) for each in said]
    assert in_views[: len(in_lists)] == in_lists
    return in_lists


def holder_of(aicha: Actor, code: str, name: str) -> tuple[str, Party]:
    """Somebody who has an item, and somebody who has not."""
    kind = "o" if code == "families" else "p"
    named = {"o": lambda word: {"name": word}, "p": lambda word: {"last_name": word, "first_name": "X"}}[kind]
    having, _other = [parties.create(aicha, kind, named(word)) for word in ("Avec", "Sans")]
    if code == "functions":
        body = parties.create(aicha, "o", {"name": "Mairie"})
        positions.attach(aicha, having, {"organisation": body.pk, "function": name})
        return kind, having
    column = {"tags": "tags", "skills": "skills", "statuses": "status", "families": "family"}[code]
    return kind, parties.update(aicha, having, {column: [name] if code in ("tags", "skills") else name})


@pytest.mark.parametrize(("code", "condition"), [(c, each.name) for c, all in CONDITIONS_ON.items() for each in all])
def test_an_item_is_renamed_and_replaced_wherever_it_is_asked(aicha: Actor, asked, subtests, code, condition):
    item = items.create(aicha, code, {"name": "Avant"})
    kind, _having = holder_of(aicha, code, "Avant")
    value = join_holder("", ["Avant", "Autre"]) if condition == "holder" else "Avant"
    made = asked(kind, condition, value)
    before = found(aicha, made)
    assert [len(each) for each in before] == [1, 1, 1]
    for name in SIGNS:
        if (code == "tags" and "," in name) or (code == "functions" and name == "«-»"):
            with pytest.raises(Invalid, match="tag_comma|filter_word"):
                items.change(aicha, code, item, {"name": name})
            continue
        with subtests.test(name):
            item = items.change(aicha, code, item, {"name": name})
            assert found(aicha, made) == before
    other = items.create(aicha, code, {"name": "A|près"})
    items.delete(aicha, code, item, other)
    assert found(aicha, made) == before


@pytest.mark.parametrize(("code", "condition"), [(c, each.name) for c, all in CONDITIONS_ON.items() for each in all])
def test_an_item_that_is_asked_is_not_deleted_unasked(aicha: Actor, bruno: Actor, browse, asked, code, condition):
    item = items.create(aicha, code, {"name": "Avant"})
    kind = CONDITIONS[condition].kinds[-1]
    for made in asked(kind, condition, join_holder("", ["Autre", "Avant"]) if condition == "holder" else "Avant"):
        page = f"/lac/saisir/parametrage/{SLUGS[code]}/{item.pk}/supprimer/"
        for answer in (browse(aicha).get(page), browse(aicha).post(page)):
            assert (made.name in answer.text, "Impossible de supprimer" in answer.text) == (True, True)
        refused = program_of(aicha).delete(f"/api/v1/{code}/{item.pk}")
        assert (refused.status_code, f"la liste «\xa0{made.name}\xa0»" in refused.json()["errors"][0]["message"]) == (
            422,
            True,
        )
        lists.delete(aicha, [made])
    assert SavedView.objects.count() == 3
    with pytest.raises(Invalid) as refusal:  # the views are Aïcha's own
        items.delete(bruno, code, item)
    assert f"{condition} 0" not in refusal.value.problems[0].message
    for view in SavedView.objects.all():
        assert f"la vue «\xa0{view.name}\xa0»" in refused_to_delete(aicha, code, item)
        views.delete(aicha, view)
    items.delete(aicha, code, item)


def refused_to_delete(by: Actor, code: str, item: Item) -> str:
    with pytest.raises(Invalid, match="item_used") as refusal:
        items.delete(by, code, item)
    return refusal.value.problems[0].message


def test_an_item_of_the_service_that_accounts_ask_is_not_deleted_unasked(sonia: Actor, aicha: Actor, asked):
    with inside(sonia.account):
        shared = items.create(sonia, "tags", {"name": "Presse"})
    asked("p", "tag", "presse")
    with inside(sonia.account):
        assert "que vous n’avez pas" in refused_to_delete(sonia, "tags", shared)
    items_own = Tag.objects.create(account=aicha.account, name="Presse", key="presse")
    with inside(sonia.account):
        items.delete(sonia, "tags", shared)
    assert "la liste" in refused_to_delete(aicha, "tags", items_own)


def test_none_is_no_name(aicha: Actor):
    for code in LISTS:
        with pytest.raises(Invalid, match="item_none"):
            items.create(aicha, code, {"name": " - "})


@pytest.mark.parametrize("type", ["choice", "choices"])
def test_a_choice_of_a_field_is_renamed_and_replaced_wherever_it_is_asked(aicha: Actor, asked, type: str):
    field = fields.create(aicha, "p", label="Sport", type=type, choices=["Voile", "Pêche", "Rugby"])
    name = "custom.sport"
    for who, choice in (("Avec", "Voile"), ("Sans", "Pêche")):
        parties.create(aicha, "p", {"last_name": who, "first_name": "X", "custom": {"sport": choice}})
    made = asked("p", name, "Voile")
    before = found(aicha, made)
    assert before == [{"X Avec"}, {"X Avec"}, {"X Sans"}]
    codes = {each["label"]: each["code"] for each in field.choices}
    field = fields.change(aicha, field, choices=[
        {"code": codes["Voile"], "label": "Kayak"}, {"code": codes["Pêche"], "label": "Voile"},
        {"code": codes["Rugby"], "label": "Rugby"},
    ])  # fmt: skip
    assert found(aicha, made) == before
    kept = [{"code": codes[each], "label": each} for each in ("Pêche", "Rugby")]
    field = fields.change(aicha, field, choices=kept, replace={codes["Voile"]: codes["Rugby"]})
    assert found(aicha, made) == before
    with pytest.raises(Invalid, match="field_choice"):
        fields.change(aicha, field, choices=kept[:1])
    Party.objects.get(name="X Avec").delete()
    with pytest.raises(Invalid, match="field_choice_asked"):
        fields.change(aicha, CustomField.objects.get(), choices=kept[:1])
    retired = [kept[0], kept[1] | {"retired": True}]
    fields.change(aicha, CustomField.objects.get(), choices=retired)
    assert found(aicha, made) == [set(), set(), {"X Sans"}]


def test_a_removed_choice_is_asked_by_nobody(aicha: Actor):
    field = fields.create(aicha, "p", label="Sport", type="choice", choices=["Voile", "Pêche"])
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "X"})
    fields.change(aicha, field, choices=[{"code": "voile", "label": "Voile"}])
    selection = Selection.read("p", {"f": "not(custom.sport:peche)"})
    assert [each.code for each in selection.problems_for(aicha)] == ["custom_choice"]
    assert not selection.parties(aicha).exists()


def test_each_of_several_choices_is_asked(aicha: Actor):
    fields.create(aicha, "p", label="Sport", type="choices", choices=["Voile", "Pêche", "Rugby"])
    for who, choices in (("Un", ["Voile"]), ("Deux", ["Voile", "Pêche"]), ("Trois", ["Pêche", "Rugby"])):
        parties.create(aicha, "p", {"last_name": who, "first_name": "X", "custom": {"sport": choices}})
    selection = Selection.read("p", {"custom.sport": "Voile; Pêche"})
    assert [each.name for each in selection.parties(aicha)] == ["X Deux"]
    assert Selection.read("p", {"custom.sport": "peche"}).count(aicha) == (2, False)
