"""The reference lists (A4): create, rename, replace and delete items; items of the service (A6)."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.items import following as item_following
from entregent.actions.items import items
from entregent.actions.parties import parties, refreshing
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.directory.items import uses as item_uses
from entregent.directory.items.register import LISTS, choices, make_missing, use_counts
from entregent.directory.items.register import items as seen_items
from entregent.directory.messages import Invalid
from entregent.directory.models import (
    ContactList,
    ContactStatus,
    Item,
    JobFunction,
    ListCategory,
    Party,
    PartySkill,
    PartyTag,
    Position,
    Skill,
    Tag,
)
from entregent.directory.parties.reading import record
from entregent.directory.selections.selections import Selection
from entregent.journal.models import Entry
from entregent.kernel import clock

ALONE = {"visibility": {"mode": "creator"}}


def person(by: Actor, name: str, **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "Ann"} | card)


def codes(refused) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in refused.value.problems]


def names(by: Actor, code: str) -> list[str]:
    return [item.name for item in choices(by, code)]


def with_status(party: Party, status: ContactStatus) -> None:
    Party.objects.filter(pk=party.pk).update(status=status, status_rank=status.rank + 1)


@pytest.fixture
def served(sonia: Actor, bruno: Actor) -> Actor:
    """Bruno, whose account reads the shared directory that Sonia keeps."""
    assert bruno.account.reference_id == sonia.account.pk
    return bruno


@pytest.mark.parametrize("code", LISTS)
def test_an_item_is_made_renamed_and_deleted(bruno, code):
    item = items.create(bruno, code, {"name": "  Élus   locaux "})
    assert (item.name, names(bruno, code)[-1]) == ("Élus locaux", "Élus locaux")
    renamed = items.change(bruno, code, item, {"name": "Élues locales"})
    assert renamed.key == "elues locales"
    items.delete(bruno, code, item)
    assert "Élues locales" not in names(bruno, code)
    told = Entry.objects.order_by("id").values_list("deed", "data__item")
    assert list(told) == [
        ("item_created", "Élus locaux"),
        ("item_changed", "Élus locaux → Élues locales"),
        ("item_deleted", "Élues locales"),
    ]


@pytest.mark.parametrize("code", LISTS)
def test_a_name_is_there_once_whatever_its_case_and_accents(bruno, code):
    items.create(bruno, code, {"name": "Élu"})
    other = items.create(bruno, code, {"name": "Maire"})
    for attempt in (lambda: items.create(bruno, code, {"name": "ELU"}),
                    lambda: items.change(bruno, code, other, {"name": "élu"})):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            attempt()
        assert codes(refused) == [("name", "item_taken")]
    assert items.change(bruno, code, other, {"name": "MAIRE"}).name == "MAIRE"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": "   "}, ("name", "required")),
        ({"name": "x" * 151}, ("name", "too_long")),
        ({"name": "A", "colour": "pink"}, ("colour", "colour")),
        ({"name": "A", "is_default": "yes"}, ("is_default", "boolean")),
    ],
)
def test_what_can_not_be_kept_is_refused(bruno, given, problem):
    with pytest.raises(Invalid) as refused:
        items.create(bruno, "statuses", given)
    assert codes(refused) == [problem]
    assert not ContactStatus.objects.exists()


def test_a_tag_holds_no_comma(bruno):
    with pytest.raises(Invalid) as refused:
        items.create(bruno, "tags", {"name": "Presse, radio"})
    assert codes(refused) == [("name", "tag_comma")]
    tag = items.create(bruno, "tags", {"name": "Presse"})
    with pytest.raises(Invalid):
        items.change(bruno, "tags", tag, {"name": "Presse, radio"})
    assert items.create(bruno, "functions", {"name": "Maire, conseillère"}).name == "Maire, conseillère"


def test_readers_change_nothing(chloe, bruno):
    item = items.create(bruno, "tags", {"name": "Eau"})
    for attempt in (lambda: items.create(chloe, "tags", {"name": "Air"}),
                    lambda: items.change(chloe, "tags", item, {"name": "Air"}),
                    lambda: items.move(chloe, "tags", item, up=True),
                    lambda: items.delete(chloe, "tags", item)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            attempt()
    assert names(bruno, "tags") == ["Eau"]


def test_one_status_is_the_default(bruno):
    first = items.create(bruno, "statuses", {"name": "Prospect", "colour": "blue", "is_default": True})
    second = items.create(bruno, "statuses", {"name": "Membre", "is_default": True})
    first.refresh_from_db()
    assert (first.is_default, first.colour, second.is_default) == (False, "blue", True)


def test_a_function_that_is_typed_is_an_item_and_follows_its_name(bruno):
    ann = person(bruno, "Roy", organisation_name="Mairie", function="Maire")
    assert names(bruno, "functions") == ["Maire"]
    former = positions.attach(bruno, ann, {"organisation_name": "Lycée", "function": "MAIRE", "until": "2020-01-01"})
    item = JobFunction.objects.get()
    assert use_counts(bruno, "functions", [item]) == {item.pk: {"p": 1}}
    items.change(bruno, "functions", item, {"name": "Première magistrate"})
    ann.refresh_from_db()
    former.refresh_from_db()
    assert (ann.function, former.function) == ("Première magistrate", "Première magistrate")
    assert list(Selection("p", query="magistrate").parties(bruno)) == [ann]
    assert list(Selection("p", query="maire").parties(bruno).filter(function__contains="Maire")) == []
    assert Position.objects.filter(function_key="maire").count() == 0


def test_a_tag_and_a_skill_follow_their_names(bruno):
    ann = person(bruno, "Roy", tags=["Eau"], skills=["Plongée"])
    items.change(bruno, "tags", Tag.objects.get(), {"name": "Rivières"})
    items.change(bruno, "skills", Skill.objects.get(), {"name": "Natation"})
    ann.refresh_from_db()
    assert ann.tag_names == ["Rivières"]
    assert list(Selection("p", query="rivieres natation").parties(bruno)) == [ann]


def test_an_item_in_use_is_not_deleted_and_the_refusal_names_what_uses_it(bruno):
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    for name in ("Roy", "Lam", "Diop", "Noël"):
        with_status(person(bruno, name), status)
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "statuses", status)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["count"]) == ("item_used", 4)
    assert problem.params["uses"] == "Ann Diop, Ann Lam, Ann Noël et 1 autre"
    assert ContactStatus.objects.filter(pk=status.pk).exists()


def test_the_refusal_does_not_name_what_is_hidden(bruno, aicha):
    for code, card in {"tags": {"tags": ["Eau"]}, "functions": {"organisation_name": "Lac", "function": "Élue"},
                       "skills": {"skills": ["Chant"]}}.items():  # fmt: skip
        person(bruno, "Roy", **card)
        person(aicha, "Zorglub", **card, **ALONE)
        item = seen_items(bruno, code).get()
        assert use_counts(bruno, code, [item]) == {item.pk: {"p": 1}}
        with pytest.raises(Invalid) as refused:
            items.delete(bruno, code, item)
        (problem,) = refused.value.problems
        assert problem.params["count"] == 1
        assert "Zorglub" not in problem.message
        assert "fiches de la corbeille ou que vous ne voyez pas" in problem.message


def test_an_item_typed_on_hidden_records_alone_is_not_there(bruno, aicha):
    hidden = person(aicha, "Zorglub", tags=["Secret"], organisation_name="Lac", function="Espionne", **ALONE)
    assert (names(bruno, "tags"), names(bruno, "functions")) == ([], [])
    assert names(aicha, "tags") == ["Secret"]
    mine = items.create(bruno, "tags", {"name": "secret"})  # no refusal: it would tell
    assert names(bruno, "tags") == ["secret"]
    hidden.refresh_from_db()
    assert hidden.tag_names == ["secret"]
    assert Tag.objects.get() == mine
    other = items.create(bruno, "functions", {"name": "Maire"})
    items.change(bruno, "functions", other, {"name": "espionne"})  # merges, since they can't be told apart
    assert JobFunction.objects.get() == other
    assert Position.objects.get().function == "espionne"


def test_the_bin_counts_as_use(bruno):
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    ann = person(bruno, "Roy")
    with_status(ann, status)
    bin_actions.delete(bruno, [ann])
    assert use_counts(bruno, "statuses", [status]) == {status.pk: {}}
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "statuses", status)
    assert refused.value.problems[0].params["uses"] == "des fiches de la corbeille ou que vous ne voyez pas"


def test_replace_and_delete_in_one_go(bruno, aicha):
    old, new = (items.create(bruno, "statuses", {"name": name}) for name in ("Prospect", "Contact"))
    ann, hidden = person(bruno, "Roy"), person(aicha, "Zorglub", **ALONE)
    with_status(ann, old)
    with_status(hidden, old)
    items.delete(bruno, "statuses", old, replace_by=new)
    assert list(Party.objects.values_list("status", "status_rank").distinct()) == [(new.pk, new.rank + 1)]
    assert names(bruno, "statuses") == ["Contact"]
    assert Entry.objects.latest("id").data == {"item": "Prospect", "other": "Contact", "of": "statuses"}


def test_replacing_a_tag_leaves_each_record_one(bruno):
    both = person(bruno, "Roy", tags=["Eau", "Rivières"])
    one = person(bruno, "Lam", tags=["Eau"])
    items.delete(bruno, "tags", Tag.objects.get(key="eau"), replace_by=Tag.objects.get(key="rivieres"))
    for party in (both, one):
        party.refresh_from_db()
        assert party.tag_names == ["Rivières"]
    assert PartyTag.objects.count() == 2


def test_replacing_a_skill_and_a_function(bruno):
    ann = person(bruno, "Roy", skills=["Chant", "Danse"], organisation_name="Lac", function="Dir.")
    other = items.create(bruno, "functions", {"name": "Directrice"})
    items.delete(bruno, "functions", JobFunction.objects.get(key="dir"), replace_by=other)
    items.delete(bruno, "skills", Skill.objects.get(key="chant"), replace_by=Skill.objects.get(key="danse"))
    ann.refresh_from_db()
    assert ann.function == "Directrice"
    assert PartySkill.objects.count() == 1
    assert list(Selection("p", query="chant").parties(bruno)) == []


def test_an_item_is_not_replaced_by_itself_or_by_another_lists(bruno):
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "statuses", status, replace_by=status)
    assert codes(refused) == [("replace_by", "replace_by_itself")]
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "statuses", status, replace_by=ContactStatus(pk=status.pk + 99, account=bruno.account))
    assert codes(refused) == [("replace_by", "item_unknown")]


def category_with(by: Actor, name: str, *lists: str) -> ListCategory:
    category = items.create(by, "categories", {"name": name})
    now = clock.now()
    for each in lists:
        ContactList.objects.create(
            account=by.account, name=each, key=each.lower(), category=category, created_by_id=by.user_id,
            created_at=now, updated_at=now,
        )  # fmt: skip
    return category


def test_a_category_that_holds_lists_is_not_deleted(bruno, aicha):
    category = category_with(bruno, "Élus", "Conseil", "Maires")
    ContactList.objects.filter(name="Maires").update(reach="me", created_by=aicha.user_id)
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "categories", category)
    (problem,) = refused.value.problems
    assert problem.code == "category_used"
    assert "Conseil" in problem.message
    assert "Maires" not in problem.message
    other = items.create(bruno, "categories", {"name": "Archives"})
    items.delete(bruno, "categories", category, replace_by=other)
    assert set(ContactList.objects.values_list("category", flat=True)) == {other.pk}


def test_an_account_begins_with_a_category_and_keeps_one(bruno):
    (first,) = ListCategory.objects.all()
    assert first.name == "Général"
    with pytest.raises(Invalid) as refused:
        items.delete(bruno, "categories", first)
    assert codes(refused) == [("", "category_last")]


def test_statuses_are_put_in_order_and_contacts_sort_by_it(bruno, monkeypatch):
    first, second = (items.create(bruno, "statuses", {"name": name}) for name in ("Prospect", "Membre"))
    ann = person(bruno, "Roy")
    with_status(ann, first)
    items.move(bruno, "statuses", second, up=True)
    assert names(bruno, "statuses") == ["Membre", "Prospect"]
    ann.refresh_from_db()
    assert ann.status_rank == 2
    items.move(bruno, "statuses", second, up=True)  # the first stays the first
    monkeypatch.setattr(item_following, "AT_ONCE", 0)
    items.move(bruno, "statuses", second, up=False)
    jobs.run_pending()
    ann.refresh_from_db()
    assert (names(bruno, "statuses"), ann.status_rank) == (["Prospect", "Membre"], 1)
    with pytest.raises(Invalid):
        items.move(bruno, "tags", items.create(bruno, "tags", {"name": "Eau"}), up=True)


def test_many_records_follow_in_the_worker(bruno, monkeypatch):
    ann, joe = person(bruno, "Roy", tags=["Eau"]), person(bruno, "Lam", tags=["Eau"])
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    items.change(bruno, "tags", Tag.objects.get(), {"name": "Rivières"})
    ann.refresh_from_db()
    assert ann.tag_names == ["Eau"]
    jobs.run_pending()
    for party in (ann, joe):
        party.refresh_from_db()
        assert party.tag_names == ["Rivières"]


def test_what_someone_deleted_meanwhile_is_told(bruno):
    item = items.create(bruno, "skills", {"name": "Chant"})
    items.delete(bruno, "skills", item)
    for attempt in (lambda: items.change(bruno, "skills", item, {"name": "Danse"}),
                    lambda: items.delete(bruno, "skills", item)):  # fmt: skip
        item.pk = item.pk or 1
        with pytest.raises(Invalid) as refused:
            attempt()
        assert codes(refused) == [("", "item_unknown")]


def service_item(sonia: Actor, code: str, name: str) -> Item:
    with inside(sonia.account):
        return items.create(sonia, code, {"name": name})


@pytest.mark.parametrize("code", LISTS)
def test_an_item_of_the_service_is_read_and_never_changed(sonia, served, code):
    theirs = service_item(sonia, code, "Préfet")
    assert "Préfet" in names(served, code)
    for attempt in (lambda: items.change(served, code, theirs, {"name": "Autre"}),
                    lambda: items.delete(served, code, theirs)):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            attempt()
        assert codes(refused) == [("", "service_item")]
    with pytest.raises(Invalid) as refused:
        items.create(served, code, {"name": "PREFET"})
    assert codes(refused) == [("name", "item_taken")]
    items.show(served, code, theirs, shown=False)
    items.show(served, code, theirs, shown=False)
    assert "Préfet" not in names(served, code)
    assert "Préfet" in [item.name for item in seen_items(served, code)]
    items.show(served, code, theirs, shown=True)
    assert "Préfet" in names(served, code)


def test_an_item_may_give_way_to_one_of_the_service(sonia, served):
    theirs = service_item(sonia, "tags", "Élus")
    ann = person(served, "Roy", tags=["Élues"])
    items.delete(served, "tags", Tag.objects.get(), replace_by=theirs)
    ann.refresh_from_db()
    assert ann.tag_names == ["Élus"]


@pytest.mark.parametrize("code", ["tags", "skills", "statuses"])
def test_the_service_keeps_what_an_account_uses(sonia, served, code):
    theirs = service_item(sonia, code, "Élus")
    ann = person(served, "Roy")
    if code == "tags":
        tagging.tag(served, [ann], ["Élus"])
    elif code == "skills":
        PartySkill.objects.create(account=served.account, party=ann, skill=theirs)
    else:
        with_status(ann, theirs)
    with inside(sonia.account), pytest.raises(Invalid) as refused:
        items.delete(sonia, code, theirs)
    assert "Roy" not in refused.value.problems[0].message
    assert refused.value.problems[0].code == "item_used"


@pytest.mark.parametrize(("code", "kind", "field"), [("tags", "p", "tags"), ("skills", "p", "skills"),
                                                     ("families", "o", "family")])  # fmt: skip
def test_what_layers_repeat_follows_when_the_service_replaces_an_item(sonia, served, code, kind, field):
    old, new = (service_item(sonia, code, name) for name in ("Élus", "Élues et élus"))
    name = {"last_name": "Roy", "first_name": "Ann"} if kind == "p" else {"name": "Mairie"}
    with inside(sonia.account):
        base = parties.create(sonia, kind, name | {field: [old.name] if field == code else old.name})
    layer = parties.update(served, Party.readable.get(pk=base.pk), {"notes": "À nous"})
    with inside(sonia.account):
        items.delete(sonia, code, old, replace_by=new)
    jobs.run_pending()
    card = record(Party.objects.get(pk=layer.pk)).card
    assert card[field] == ([new.name] if field == code else new.name)
    assert not LISTS[code].model.readable.filter(pk=old.pk).exists()


def test_a_word_of_the_service_is_not_made_again_by_typing(sonia, served):
    service_item(sonia, "functions", "Préfète")
    make_missing(served.account, "functions", ["PREFETE", "Maire", "maire", "", "★"])
    assert sorted(JobFunction.objects.values_list("name", flat=True)) == ["Maire", "★"]


@pytest.mark.parametrize("code", LISTS)
def test_counting_uses_costs_one_query_whatever_the_number(bruno, code, django_assert_num_queries):
    made = [items.create(bruno, code, {"name": f"Mot {number}"}) for number in range(12)]
    with django_assert_num_queries(1):
        use_counts(bruno, code, made[:1])
    with django_assert_num_queries(1):
        assert not any(use_counts(bruno, code, made).values())


def test_another_account_sees_none_of_it(bruno, voisin: Account):
    items.create(bruno, "tags", {"name": "Eau"})
    with inside(voisin):
        assert not Tag.readable.exists()


def test_uses_are_counted_so_far_and_no_further(bruno, monkeypatch):
    for name in ("Roy", "Lam", "Diop"):
        person(bruno, name, tags=["Eau"])
    item = Tag.objects.get()
    monkeypatch.setattr(item_uses, "USES_COUNTED", 1)
    assert use_counts(bruno, "tags", [item]) == {item.pk: {"p": 2}}
