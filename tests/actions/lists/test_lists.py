"""Lists: create, change, add and remove members; what is refused (X2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.queries import assert_flat, queries

from entregent.accounts import jobs as worker
from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Job, Membership
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.bulk import jobs
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.lists.deeds import LIST_CREATED, LISTED, UNLISTED
from entregent.actions.members import teams
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.directory.lists.lists import counts, counts_by_kind, lists_of, made_of, members
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, ListMember, Party
from entregent.directory.selections.asking import MOST_ASKED
from entregent.directory.selections.selections import Selection
from entregent.journal import timeline
from entregent.journal.models import Entry
from entregent.journal.sentences import words


def someone(by: Actor, name: str, **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "Ann"} | card)


def codes(refused: pytest.ExceptionInfo) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in refused.value.problems]


@pytest.fixture
def presse(aicha: Actor) -> ContactList:
    return lists.create(aicha, {"name": "Presse", "category": "Communication"})


def names(by: Actor, found: ContactList) -> set[str]:
    return set(members(by, found).values_list("last_name", flat=True))


def test_a_list_is_made_in_a_category_that_is_made_with_it(aicha: Actor, presse: ContactList):
    assert (presse.name, presse.category.name, presse.kind, presse.reach) == (
        "Presse",
        "Communication",
        "static",
        "all",
    )
    again = lists.create(aicha, {"name": "Radio", "category": "communication"})
    assert again.category == presse.category
    assert Entry.objects.filter(deed=LIST_CREATED).count() == 2


@pytest.mark.parametrize("name", ["presse", "  PRESSE ", "Pressé"])
def test_names_are_unique_in_a_category_whatever_their_case_and_accents(aicha: Actor, presse: ContactList, name: str):
    with pytest.raises(Invalid) as refused:
        lists.create(aicha, {"name": name, "category": "Communication"})
    assert codes(refused) == [("name", "list_taken")]
    assert lists.create(aicha, {"name": name, "category": "Ailleurs"})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"name": " "}, ("name", "required")),
        ({"name": "x" * 151}, ("name", "too_long")),
        ({"category": 999}, ("category", "category_unknown")),
        ({"category": ""}, ("category", "required")),
        ({"reach": "world"}, ("reach", "reach")),
        ({"reach": "teams"}, ("teams", "reach_nobody")),
        ({"reach": "teams", "teams": [999]}, ("teams", "team_not_there")),
        ({"search": {"tag": "x"}}, ("search", "list_static")),
        ({"kind": "dynamic", "search": {"kind": "z"}}, ("search", "shape")),
        ({"kind": "dynamic", "search": {"kind": "p", "active": "perhaps"}}, ("search", "search_unread")),
        ({"kind": "dynamic", "search": {"kind": "p", "tags": "eau"}}, ("search", "search_unread")),
        ({"kind": "dynamic", "search": {"kind": "p", "department": "Bretagne"}}, ("search", "search_unread")),
        ({"kind": "dynamic", "search": {"sort": "zzz"}}, ("search", "search_unread")),
        ({"kind": "dynamic", "search": {"cursor": "zzz"}}, ("search", "search_unread")),
        ({"kind": "dynamic", "search": {"utm_source": "zzz"}}, ("search", "search_unread")),
    ],
)
def test_what_is_wrong_is_said_at_its_field(aicha: Actor, data: dict, expected: tuple[str, str]):
    with pytest.raises(Invalid) as refused:
        lists.create(aicha, {"name": "Liste", "category": "Général"} | data)
    assert codes(refused) == [expected]
    assert not ContactList.objects.exists()


def test_who_may_not_write_lists_makes_none(chloe: Actor, presse: ContactList):
    for deed in (
        lambda: lists.create(chloe, {"name": "A", "category": presse.category_id}),
        lambda: lists.change(chloe, presse, {"name": "A"}),
        lambda: lists.move(chloe, [presse], "A"),
        lambda: lists.duplicate(chloe, presse, "A"),
        lambda: lists.archive(chloe, [presse]),
        lambda: lists.delete(chloe, [presse]),
        lambda: list_members.add(chloe, presse, []),
        lambda: list_members.remove(chloe, presse, []),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_list_of_mine_or_of_a_team_is_there_for_us_alone(aicha: Actor, bruno: Actor, chloe: Actor):
    team = teams.create_team(aicha, "Bureau", [Membership.objects.get(pk=bruno.membership_id)])
    bruno = actor_in("lac", bruno.user_id)
    mine = lists.create(aicha, {"name": "À moi", "category": "C", "reach": "me"})
    ours = lists.create(aicha, {"name": "Au bureau", "category": "C", "reach": "teams", "teams": [team.pk]})
    assert set(seen_lists(aicha)) == {mine, ours}
    assert set(seen_lists(bruno)) == {ours}
    assert not seen_lists(chloe).exists()
    ann = someone(aicha, "Roy")
    list_members.add(aicha, mine, [ann])
    assert not Selection.read("p", {"list": str(mine.pk)}).parties(bruno).exists()  # nor is it a filter
    assert lists_of(bruno, ann) == []
    for deed in (lambda: lists.change(bruno, mine, {"name": "B"}), lambda: list_members.add(bruno, mine, [ann])):
        with pytest.raises(Invalid) as refused:
            deed()
        assert codes(refused) == [("", "list_unknown")]
    with pytest.raises(Invalid) as refused:
        lists.change(bruno, ours, {"reach": "me"})
    assert codes(refused) == [("reach", "list_only_maker")]


def test_the_journal_names_no_list_that_one_has_not(aicha: Actor, bruno: Actor):
    mine = lists.create(aicha, {"name": "Zorglub", "category": "C", "reach": "me"})
    ann = someone(aicha, "Roy")
    list_members.add(aicha, mine, [ann])

    def told(by: Actor) -> str:
        rows = timeline.of_party(by, ann, timeline.Filter()).rows + timeline.of_account(by, timeline.Filter()).rows
        return " ".join(words(one.entry, [about.shown_as for about in one.abouts]) for one in rows)

    assert "Zorglub" in told(aicha)
    assert "Zorglub" not in told(bruno)


def test_records_are_put_in_and_taken_out_with_date_and_author(aicha: Actor, bruno: Actor, presse: ContactList):
    ann, luc = someone(aicha, "Roy"), someone(aicha, "Gagnon")
    town = parties.create(aicha, "o", {"name": "Mairie"})
    outcome = list_members.add(bruno, presse, [ann, luc, town])
    assert (len(outcome.done), outcome.same) == (3, 0)
    assert list_members.add(aicha, presse, [ann]).same == 1
    row = lists_of(aicha, ann)[0]
    assert (row.list, row.added_by_id) == (presse, bruno.user_id)
    assert timezone.now() - row.joined_at < timedelta(minutes=1)
    assert counts_by_kind(aicha, presse) == {"p": 2, "o": 1}
    undo, data = outcome.undo
    assert toolbox.run(bruno, undo, [ann], data).done == [ann]
    assert names(aicha, presse) == {"Gagnon", ""}
    deeds = list(Entry.objects.filter(abouts__party=ann).order_by("-id").values_list("deed", flat=True)[:2])
    assert deeds == [UNLISTED, LISTED]


def test_a_list_counts_whom_one_sees_and_nobody_in_the_bin(aicha: Actor, bruno: Actor, presse: ContactList):
    ann, hidden, gone = (
        someone(aicha, "Roy"),
        someone(aicha, "Z", visibility={"mode": "creator"}),
        someone(aicha, "G"),
    )
    town = parties.create(aicha, "o", {"name": "Mairie"})
    list_members.add(aicha, presse, [ann, hidden, gone, town])
    bin_actions.delete(aicha, [gone])
    assert counts(aicha, [presse]) == {presse.pk: (3, False)}
    assert counts(bruno, [presse]) == {presse.pk: (2, False)}
    assert names(bruno, presse) == {"Roy", ""}
    bin_actions.restore(aicha, [Party.objects.get(pk=gone.pk)])
    assert counts(aicha, [presse]) == {presse.pk: (4, False)}


def test_a_dynamic_list_is_what_its_search_finds(aicha: Actor, bruno: Actor):
    someone(aicha, "Roy", tags=["eau"])
    found = lists.create(
        aicha, {"name": "Eau", "category": "C", "kind": "dynamic", "search": {"kind": "p", "tag": "eau"}}
    )
    assert found.search == {"kind": "p", "tag": "eau"}
    someone(aicha, "Z", tags=["eau"], visibility={"mode": "creator"})
    someone(aicha, "Non")
    assert names(aicha, found) == {"Roy", "Z"}
    assert names(bruno, found) == {"Roy"}
    assert counts(bruno, [found]) == {found.pk: (1, False)}
    with pytest.raises(Invalid) as refused:
        list_members.add(aicha, found, [someone(aicha, "X")])
    assert codes(refused) == [("list", "list_dynamic")]


def test_a_dynamic_list_that_names_what_is_hidden_can_be_renamed_and_copied(aicha: Actor, bruno: Actor):
    hidden = lists.create(aicha, {"name": "À moi", "category": "C", "reach": "me"})
    found = lists.create(
        aicha, {"name": "Eau", "category": "C", "kind": "dynamic", "search": {"kind": "p", "list": str(hidden.pk)}}
    )
    kept = {"category": found.category_id, "reach": "all", "search": found.search}
    assert lists.change(bruno, found, kept | {"name": "Lacs"}).name == "Lacs"
    assert lists.duplicate(bruno, found, "Copie").search == found.search
    with pytest.raises(Invalid):
        lists.change(bruno, found, kept | {"name": "Lacs", "search": {**found.search, "city": "Crest"}})


def test_a_dynamic_list_with_words_is_a_filter_too(aicha: Actor):
    found = lists.create(
        aicha, {"name": "Roy", "category": "C", "kind": "dynamic", "search": {"kind": "p", "q": "roy"}}
    )
    someone(aicha, "Roy", tags=["eau"])
    someone(aicha, "Royer")
    someone(aicha, "Gagnon", tags=["eau"])
    assert counts(aicha, [found]) == {found.pk: (2, False)}
    both = Selection.read("p", {"list": str(found.pk), "tag": "eau"}).parties(aicha)
    assert [party.last_name for party in both] == ["Roy"]
    assert not Selection.read("o", {"list": str(found.pk)}).parties(aicha).exists()


def test_lists_made_of_each_other_come_to_an_end(aicha: Actor):
    def dynamic(name: str, search: dict) -> ContactList:
        return lists.create(aicha, {"name": name, "category": "C", "kind": "dynamic", "search": search})

    one = dynamic("Un", {"kind": "p"})
    two = dynamic("Deux", {"kind": "p", "list": str(one.pk)})
    someone(aicha, "Roy")
    assert names(aicha, two) == {"Roy"}
    for search in ({"kind": "p", "list": str(two.pk)}, {"kind": "p", "list": str(one.pk)}):
        with pytest.raises(Invalid) as refused:
            lists.change(aicha, one, {"search": search})
        assert codes(refused) == [("search", "list_cycle")]
    ContactList.objects.filter(pk=one.pk).update(search={"kind": "p", "list": str(two.pk)})  # two at the same moment
    assert names(aicha, two) == set()


def test_lists_within_nested_conditions_count_too(aicha: Actor, bruno: Actor):
    def dynamic(by: Actor, name: str, search: dict, reach: str = "all") -> ContactList:
        given = {"name": name, "category": "C", "kind": "dynamic", "search": {"kind": "p"} | search, "reach": reach}
        return lists.create(by, given)

    someone(aicha, "Roy")
    one = dynamic(aicha, "Un", {}, "me")
    two = dynamic(aicha, "Deux", {"f": f"or(city:Crest,list:{one.pk})"})
    assert made_of(aicha, [one]) == [two]
    with pytest.raises(Invalid) as refused:
        lists.change(aicha, one, {"search": {"kind": "p", "f": f"not(list:{two.pk})"}})
    assert codes(refused) == [("search", "list_cycle")]
    denied = {"f": f"not(list:{two.pk})"}  # made of a list that Bruno has not
    assert not Selection.read("p", denied).parties(bruno).exists()


def test_lists_made_of_lists_are_followed_only_so_far(aicha: Actor, django_assert_max_num_queries):
    someone(aicha, "Roy")

    def dynamic(f: str) -> ContactList:
        given = {"name": f[:60], "category": "C", "kind": "dynamic", "search": {"kind": "p", "f": f}}
        return lists.create(aicha, given)

    def of_lists(word: str, found: list[ContactList]) -> str:
        return f"{word}({','.join(f'list:{each.pk}' for each in found)})"

    large = [
        dynamic(f"and({','.join(['mail_refused:non', f'not(city:{n})', *['active:oui'] * 48])})") for n in "abcde"
    ]
    assert names(aicha, dynamic(of_lists("and", large))) == {"Roy"}
    few = dynamic("active:oui")
    wide = dynamic(of_lists("or", [few] * 50))
    assert names(aicha, wide) == {"Roy"}
    wider = Selection.read("p", {"f": of_lists("or", [wide] * 50)})
    with django_assert_max_num_queries(MOST_ASKED + 10):
        assert not wider.parties(aicha).exists()


def test_a_list_by_function_follows_whoever_holds_it(aicha: Actor, bruno: Actor):
    ain = {"address": {"postal_code": "01000", "city": "Bourg", "country": "FR"}}
    town = parties.create(aicha, "o", {"name": "Mairie de Bourg"} | ain)
    lyon = parties.create(
        aicha, "o", {"name": "Lyon", "address": {"postal_code": "69001", "city": "Lyon", "country": "FR"}}
    )
    old, new, other = (someone(aicha, name) for name in ("Ancien", "Nouveau", "Lyonnais"))
    place = positions.attach(aicha, old, {"organisation": town.pk, "function": "Maire"})
    positions.attach(aicha, other, {"organisation": lyon.pk, "function": "maire"})
    found = lists.create(
        aicha,
        {
            "name": "Maires de l'Ain",
            "category": "C",
            "kind": "dynamic",
            "search": {"kind": "p", "holder": "01:MAIRE"},
        },
    )
    assert names(aicha, found) == {"Ancien"}
    positions.detach(aicha, place)  # today
    positions.attach(aicha, new, {"organisation": town.pk, "function": "Maire"})
    assert names(aicha, found) == {"Nouveau"}
    hidden = parties.create(aicha, "o", {"name": "Cachée", "visibility": {"mode": "creator"}} | ain)
    positions.attach(aicha, other, {"organisation": hidden.pk, "function": "Maire"})
    assert names(aicha, found) == {"Nouveau", "Lyonnais"}
    assert names(bruno, found) == {"Nouveau"}  # who is mayor of what one may not see, one may not know


def test_a_department_is_known_by_postal_code_or_name(aicha: Actor):
    def lives(name: str, code: str, country: str = "FR") -> None:
        someone(aicha, name, address={"postal_code": code, "city": "X", "country": country})

    lives("Ain", "01990")
    lives("Aisne", "02000")
    lives("Bastia", "20200")
    lives("Ajaccio", "20000")
    lives("Belge", "1000", "BE")

    def found(value: str) -> set[str]:
        return set(Selection.read("p", {"department": value}).parties(aicha).values_list("last_name", flat=True))

    assert found("01") == found("ain") == {"Ain"}
    assert (found("2A"), found("haute-corse")) == ({"Ajaccio"}, {"Bastia"})
    assert Selection.read("p", {"department": "Atlantide"}).problems


def test_lists_are_moved_together_or_not_at_all(aicha: Actor, presse: ContactList):
    radio = lists.create(aicha, {"name": "Radio", "category": "Communication"})
    lists.create(aicha, {"name": "RADIO", "category": "Médias"})
    with pytest.raises(Invalid) as refused:
        lists.move(aicha, [presse, radio], "Médias")
    assert codes(refused) == [("category", "list_taken_there")]
    assert {found.category.name for found in ContactList.objects.filter(pk__in=[presse.pk, radio.pk])} == {
        "Communication"
    }
    assert len(lists.move(aicha, [presse, radio], "Divers").done) == 2


def test_archiving_several_asks_no_more_queries_for_more(aicha: Actor, presse: ContactList):
    def more() -> None:
        for number in range(5):
            lists.create(aicha, {"name": f"L{number}", "category": presse.category_id})

    def run() -> None:
        lists.archive(aicha, list(seen_lists(aicha)))
        lists.unarchive(aicha, list(seen_lists(aicha)))

    assert_flat(run, more)


def test_a_copy_has_the_members_that_one_sees(aicha: Actor, bruno: Actor, presse: ContactList):
    list_members.add(aicha, presse, [someone(aicha, "Roy"), someone(aicha, "Z", visibility={"mode": "creator"})])
    copy = lists.duplicate(bruno, presse, "Presse bis")
    assert names(aicha, copy) == {"Roy"}
    assert ListMember.objects.get(list=copy).added_by_id == bruno.user_id


def test_an_archived_list_keeps_its_members_and_takes_no_other(aicha: Actor, presse: ContactList):
    ann = someone(aicha, "Roy")
    list_members.add(aicha, presse, [ann])
    assert len(lists.archive(aicha, [presse]).done) == 1
    assert lists_of(aicha, ann) == []
    with pytest.raises(Invalid) as refused:
        list_members.add(aicha, presse, [ann])
    assert codes(refused) == [("list", "list_archived")]
    assert len(lists.unarchive(aicha, [presse]).done) == 1
    assert names(aicha, presse) == {"Roy"}


def test_a_deleted_list_leaves_its_members_alone(aicha: Actor, presse: ContactList):
    ann = someone(aicha, "Roy")
    list_members.add(aicha, presse, [ann])
    assert len(lists.delete(aicha, [presse]).done) == 1
    assert Party.objects.filter(pk=ann.pk, binned_at=None).exists()
    assert not ListMember.objects.exists()
    with pytest.raises(Invalid):
        lists.delete(aicha, [presse])


def test_a_change_made_meanwhile_is_not_written_over(aicha: Actor, bruno: Actor, presse: ContactList):
    lists.change(bruno, presse, {"description": "Journalistes"}, presse.version)
    with pytest.raises(Invalid) as refused:
        lists.change(aicha, presse, {"name": "Radio"}, presse.version)
    assert codes(refused) == [("", "list_moved_on")]


def freeze(by: Actor, found: ContactList) -> Job | Outcome:
    return list_members.freeze(by, found, list_members.announce_freezing(by, found))


def test_a_dynamic_list_can_be_frozen(aicha: Actor, monkeypatch: pytest.MonkeyPatch):
    people = [someone(aicha, f"N{number}", tags=["eau"]) for number in range(3)]
    search = {"kind": "p", "tag": "eau"}
    few = lists.create(aicha, {"name": "Peu", "category": "C", "kind": "dynamic", "search": search})
    many = lists.create(aicha, {"name": "Tous", "category": "C", "kind": "dynamic", "search": search})
    assert isinstance(freeze(aicha, few), Outcome)
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    assert isinstance(freeze(aicha, many), Job)
    worker.run_pending()
    someone(aicha, "Nouveau", tags=["eau"])
    for found in (few, many):
        frozen = ContactList.objects.get(pk=found.pk)
        assert not frozen.is_dynamic
        assert set(members(aicha, frozen)) == set(people)


def test_the_tool_makes_the_list_that_it_is_told(aicha: Actor, presse: ContactList):
    ann, luc = someone(aicha, "Roy"), someone(aicha, "Gagnon")
    toolbox.run(aicha, "list", [ann], {"list": "presse"})
    toolbox.run(aicha, "list", [ann], {"list": "Vœux"})
    toolbox.run(aicha, "list", [luc], {"list": "voeux"})
    assert names(aicha, presse) == {"Roy"}
    assert names(aicha, ContactList.objects.get(name="Vœux")) == {"Roy", "Gagnon"}
    lists.create(aicha, {"name": "Presse", "category": "Ailleurs"})
    with pytest.raises(Invalid) as refused:
        toolbox.run(aicha, "list", [ann], {"list": "presse"})
    assert codes(refused) == [("list", "list_name_several")]


@pytest.fixture
def mayor(sonia: Actor) -> Party:
    """A record of the shared directory."""
    with inside(sonia.account):
        return someone(sonia, "Rivière")


def test_a_mayor_enters_a_list_by_its_layer(mayor: Party, aicha: Actor, dimitri: Actor, presse: ContactList):
    outcome = list_members.add(aicha, presse, [Party.readable.get(pk=mayor.pk)])
    layer = outcome.done[0]
    assert (layer.account_id, layer.base_id) == (aicha.account.pk, mayor.pk)
    assert list(members(aicha, presse)) == [layer]
    with inside(dimitri.account):
        assert not Party.objects.filter(base=mayor).exists()


def test_many_members_ask_no_more_queries(aicha: Actor, presse: ContactList):
    few, many = (
        [someone(aicha, f"{word}{number}") for number in range(size)] for word, size in (("F", 2), ("M", 20))
    )
    list_members.add(aicha, presse, [someone(aicha, "X")])
    asked = queries(lambda: list_members.add(aicha, presse, few))
    assert len(queries(lambda: list_members.add(aicha, presse, many))) <= len(asked)
    asked = queries(lambda: list_members.remove(aicha, presse, few))
    assert len(queries(lambda: list_members.remove(aicha, presse, many))) <= len(asked)


def test_counts_cost_two_queries_however_many_lists(aicha: Actor):
    def more() -> None:
        start = ContactList.objects.count()
        for number in range(start, start + 5):
            lists.create(aicha, {"name": f"S{number}", "category": "C"})
            items.create(aicha, "tags", {"name": f"t{number}"})
            search = {"kind": "p", "tag": f"t{number}", "q": "roy n"}
            lists.create(aicha, {"name": f"D{number}", "category": "C", "kind": "dynamic", "search": search})

    more()
    assert_flat(lambda: counts(aicha, ContactList.objects.all()), more)


def test_a_search_that_can_find_nobody_is_counted_among_the_others(aicha: Actor, presse: ContactList):
    gone = items.create(aicha, "statuses", {"name": "Disparu"})
    search = {"kind": "p", "status": "Disparu"}
    found = lists.create(aicha, {"name": "X", "category": "C", "kind": "dynamic", "search": search})
    gone.delete()  # as if nobody had asked
    assert counts(aicha, [found, presse]) == {found.pk: (0, False), presse.pk: (0, False)}


def test_the_name_of_a_list_that_one_has_not_is_free(aicha, bruno):
    """That it is taken would tell that there is one (B3)."""
    place = {"name": "Presse", "category": "Communication"}
    own = lists.create(aicha, place | {"reach": "me"})
    namesake = lists.create(bruno, place | {"category": own.category_id})
    assert lists.change(aicha, own, {"name": "Presse", "description": "À moi"}).description == "À moi"
    with pytest.raises(Invalid):
        lists.change(aicha, own, {"reach": "all"})
    with pytest.raises(Invalid):
        lists.create(bruno, place | {"category": own.category_id, "reach": "me"})
    assert len(lists.delete(bruno, [namesake]).done) == 1
    assert lists.change(aicha, own, {"reach": "all"}).reach == "all"
