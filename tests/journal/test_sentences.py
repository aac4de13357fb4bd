"""Each deed has a sentence and a label; names are escaped, and hidden ones not shown."""

import re

import pytest
from django.utils import translation
from django.utils.html import format_html

from entregent.accounts.actor import Door
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.standing import relations, states
from entregent.actions.tags import tagging
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.undoing import UNDOERS
from entregent.directory.models import Party
from entregent.journal import timeline
from entregent.journal.changes import Reader, alike
from entregent.journal.deeds import BINNED, CREATED, PURGED, in_order
from entregent.journal.models import About, Entry
from entregent.journal.sentences import DOORS, door_words, html, words


def entry(deed, **fields) -> Entry:
    return Entry(deed=deed, by_name="Bruno", door=fields.pop("door", "page"), data=fields.pop("data", {}))


def test_every_door_has_its_words():
    assert set(DOORS) == set(Door)


@pytest.mark.parametrize("deed", in_order())
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_holds_together(deed, language):
    with translation.override(language):
        said = words(entry(deed, data={"name": "Chose"}), ["Marie"])
    assert "Bruno" in said
    assert "{" not in said
    names = str(deed.says)
    assert ("Marie" in said) == ("{about}" in names)
    assert ("Chose" in said) == ("{what}" in names)


def test_the_french_sentence():
    with translation.override("fr"):
        assert words(entry(CREATED), ["Marie", "Paul"]) == "Bruno a ajouté Marie et Paul"
        assert words(entry(CREATED), ["A", "B"], more=598) == "Bruno a ajouté A, B et 598 autres"
        assert words(entry(CREATED), ["A", "B"], more=1) == "Bruno a ajouté A, B et 1 autre"
        assert words(entry(BINNED), [], more=2) == "Bruno a mis à la corbeille plusieurs fiches"


def test_the_english_sentence():
    with translation.override("en"):
        assert words(entry(BINNED), ["Marie"]) == "Bruno put Marie in the bin"


@pytest.mark.parametrize("deed", sorted(UNDOERS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_takes_a_deed_back_says_so(deed, language):
    data = {"name": "Chose", "undoes": {"entry": 1, "deed": str(deed)}}
    with translation.override(language):
        said = words(entry(deed, data=data), ["Marie"])
    assert {"fr": "Bruno a annulé «\u00a0", "en": "Bruno undid “"}[language] in said
    assert "(Chose)" in said
    assert said.endswith(": Marie")
    assert "{" not in said


@pytest.mark.parametrize("deed", in_order())
def test_no_word_that_would_elide_stands_before_a_name(deed):
    with translation.override("fr"):
        said = str(deed.says)
    assert not re.search(r"\b(de|que|le|la) \{about\}", said)


def test_a_deed_and_its_undoing_are_told_apart(bruno, marie):
    code, data = states.deactivate(bruno, [marie]).undo
    toolbox.run(bruno, code, [Party.objects.get(pk=marie.pk)], data)
    rows = timeline.of_account(bruno, timeline.Filter()).rows[:2]
    with translation.override("fr"):
        said = [words(one.entry, ["Marie"]) for one in rows]
    undone = "Bruno Lefèvre a annulé «\u00a0Désactivation\u00a0»\u00a0: Marie"
    assert said == [undone, "Bruno Lefèvre a désactivé Marie"]


def test_an_assignment_leaves_no_gap_in_its_sentence(bruno, aicha, marie):
    relations.assign(bruno, [marie], aicha.user_id)
    told = timeline.of_account(bruno, timeline.Filter()).rows[0]
    with translation.override("fr"):
        assert words(told.entry, ["Marie"]) == "Bruno Lefèvre a changé l’attribution\u00a0: Marie"


def test_a_purged_name_is_not_missed():
    with translation.override("fr"):
        assert words(entry(PURGED), []) == "Bruno a supprimé définitivement une fiche qui n’est plus"


def test_a_deed_that_is_no_longer_known_shows_itself_as_such():
    with translation.override("fr"):
        assert words(entry("danced"), ["Marie"]) == (
            "Bruno a fait «\u00a0danced\u00a0», que cette version ne connaît pas\u00a0: Marie"
        )
        undone = entry("tagged", data={"undoes": {"entry": 1, "deed": "danced"}})
        assert "danced" in words(undone, ["Marie"])
    assert "&lt;b&gt;" in html(entry("<b>"), ["Marie"])


def test_as_html_names_are_escaped_and_links_stay():
    link = format_html('<a href="/x">{}</a>', "<b>")
    said = html(Entry(deed="created", by_name="<i>Bruno</i>", door="page", data={}), ["<script>", link])
    assert "<script>" not in said
    assert "&lt;i&gt;Bruno" in said
    assert '<a href="/x">&lt;b&gt;</a>' in said


def test_the_door_is_said_when_it_is_not_a_page():
    with translation.override("fr"):
        assert door_words(entry(CREATED)) == ""
        assert door_words(entry(CREATED, door="api")) == "par l’API"


@pytest.fixture
def marie(bruno):
    return parties.create(
        bruno, "p", {"last_name": "D", "first_name": "Marie", "organisation_name": "Loge", "function": "Sœur"}
    )


def test_changes_are_labelled_and_in_words(bruno, marie):
    parties.update(bruno, marie, {"language": "en", "birth_date": "1970-01-31", "first_name": "Maria"})
    changes = About.objects.filter(party=marie).order_by("-id").first().changes
    with translation.override("fr"):
        said = {change.label: (change.old, change.new) for change in Reader(bruno, [changes]).words(changes)}
    assert said == {
        "Prénom": ("Marie", "Maria"),
        "Date de naissance": ("", "31 janvier 1970"),
        "Langue": ("Français", "Anglais"),
    }


def test_an_organisation_hidden_since_is_named_no_more(bruno, aicha, marie):
    loge = marie.positions.get().organisation
    changes = About.objects.get(party=marie).changes
    assert Reader(aicha, [changes]).known(changes)["organisation"] == [None, "Loge"]
    parties.update(bruno, loge, {"visibility": {"mode": "creator"}})
    known = Reader(aicha, [changes]).known(changes)
    assert not {"organisation", "function"} & set(known)
    assert known["last_name"] == [None, "D"]
    assert Reader(bruno, [changes]).known(changes)["organisation"] == [None, "Loge"]


def told(page) -> list[tuple[str, list[str]]]:
    return [(one.entry.deed, [about.shown_as for about in one.abouts]) for one in page.rows]


def test_a_hidden_record_is_in_nobody_elses_infobox(bruno, aicha):
    parties.create(bruno, "p", {"last_name": "Secret", "first_name": "A", "visibility": {"mode": "creator"}})
    assert told(timeline.of_account(aicha, timeline.Filter())) == []
    assert told(timeline.of_account(bruno, timeline.Filter())) == [("created", ["A Secret"])]


def test_of_several_only_the_visible_are_named(bruno, aicha, marie):
    secret = parties.create(bruno, "p", {"last_name": "S", "first_name": "A", "visibility": {"mode": "creator"}})
    tagging.tag(bruno, [marie, secret], ["presse"])
    assert told(timeline.of_account(aicha, timeline.Filter(deed="tagged"))) == [("tagged", ["Marie D"])]


def test_of_many_that_there_are_others_is_said_to_who_sees_one(bruno, aicha):
    def add(count: int, mode: str) -> list:
        card = {"last_name": "N", "first_name": "P", "visibility": {"mode": mode}}
        return [parties.create(bruno, "p", card) for _index in range(count)]

    def more(by) -> list[int]:
        return [one.more for one in timeline.of_account(by, timeline.Filter(deed="tagged")).rows]

    seen, hidden = add(5, "everyone"), add(1, "creator")
    tagging.tag(bruno, seen, ["presse"])
    tagging.tag(bruno, seen + hidden, ["radio"])  # the newest comes first
    assert more(bruno) == [1, 0]
    assert more(aicha) == [0, 0]


def test_what_was_done_to_each_of_several():
    one = {"tags": [["a"], ["a", "presse"]], "status": ["Client", "Prospect"], "name": ["x", "y"]}
    other = {"tags": [[], ["b", "presse"]], "status": ["", "Prospect"]}
    assert alike([one, other]) == {"tags": [[], ["presse"]], "status": [None, "Prospect"]}
    assert alike([{"tags": [["a", "b"], ["b"]]}, {"tags": [["a"], []]}]) == {"tags": [["a"], []]}
    assert alike([]) == {}


def test_purging_takes_the_name_of_what_was_hidden(aicha, bruno):
    secret = parties.create(aicha, "p", {"last_name": "S", "first_name": "A", "visibility": {"mode": "creator"}})
    bin_actions.purge(aicha, [secret])
    assert not About.objects.exclude(shown_as="").exists()
    assert not About.objects.exclude(changes={}).exists()


def test_an_organisations_infobox_tells_of_its_people_once(bruno, marie):
    loge = marie.positions.get().organisation
    parties.update(bruno, marie, {"first_name": "Maria"})
    page = timeline.of_party(bruno, loge, timeline.Filter())
    assert told(page) == [("changed", ["Maria D"]), ("created", ["Loge"])]


def test_filters_by_kind_author_and_date(bruno, aicha, marie):
    parties.update(aicha, marie, {"first_name": "Maria"})
    count = lambda **wanted: len(timeline.of_party(bruno, marie, timeline.Filter(**wanted)).rows)  # noqa: E731
    assert (count(), count(deed="changed"), count(author=str(aicha.user_id))) == (2, 1, 1)
    assert (count(since="2000-01-01"), count(until="2000-01-01")) == (2, 0)
    assert (count(deed="nonsense"), count(author="x"), count(since="x")) == (0, 0, 0)


def test_pages_follow_each_other(bruno, marie):
    for index in range(25):
        parties.update(bruno, marie, {"notes": str(index)})
    first = timeline.of_party(bruno, marie, timeline.Filter(), size=20)
    second = timeline.of_party(bruno, marie, timeline.Filter(), first.next, size=20)
    ids = [one.abouts[0].pk for one in first.rows + second.rows]
    assert (len(first.rows), len(second.rows), second.next) == (20, 6, None)
    assert ids == sorted(ids, reverse=True)
    back = timeline.of_party(bruno, marie, timeline.Filter(), second.previous, size=20)
    assert [one.abouts[0].pk for one in back.rows] == ids[:20]
