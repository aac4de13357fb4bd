"""Requests for hidden ids are answered like requests for ids that don't exist (B3).

The test finds the operations of the API, the tools and the commands by itself; they are not listed here.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.sampling import Sample

from entregent.accounts.actor import Actor
from entregent.accounts.models import User
from entregent.accounts.scope import inside
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.actions.toolbox.toolbox import TOOLS
from entregent.cli.main import main
from entregent.directory.models import ContactList, ListMember, Party, Position, SavedView
from entregent.exchange.exporting import FORMATS
from entregent.journal.models import Entry

from .asking import ADDRESSES, afresh, asked, described, differing, plain, program_of, tell_tales, text_of, undone
from .doors import Address
from .hidden import OF_ACCOUNT, TRACES

NOBODY = 987654
Ids = dict[str, int]


@pytest.fixture
def hidden(hide, attach) -> Ids:
    """The id of one hidden thing of each kind, by the room of its addresses (and of the API's)."""
    parties = hide()
    attach(parties[3])
    kept = ContactList.objects.filter(reach="me")
    return {
        "contacts": parties[0].pk,
        "organisations": parties[3].pk,
        "positions": Position.objects.get(contact=parties[0]).pk,
        "lists": kept.get(kind="static").pk,
        "dynamic": kept.get(kind="dynamic").pk,
        "views": SavedView.objects.get(reach="me").pk,
        "entries": Entry.objects.filter(abouts__party=parties[0]).latest("pk").pk,
        "team_list": ContactList.objects.get(reach="teams", kind="static").pk,
    }


def unnumbered(text: str, pk: int) -> str:
    """The text without either id: one may stand in it by chance."""
    without = re.sub(rf"(?<!\d)(?:{pk}|{NOBODY})(?!\d)", "…", plain(text))
    return re.sub(r"/import/\d+/", "/import/…/", without)


def same_as_nobody(ask: Callable[[int], HttpResponse], pk: int, deeds: bool = False) -> tuple[str, str] | None:
    """Where the answer for ``pk`` parts from that for an id that nobody has; nothing may have been done.

    ``deeds``: an export is told in the journal, whoever is in it; a number is the name of a list to be made, where
    it is no list's that one has. What is done is the same then, and not to what is hidden.
    """
    last, members = Entry.objects.latest("pk").pk, ListMember.objects.filter(list=pk).count()
    with undone():
        ours, done = unnumbered(text_of(ask(pk)), pk), deeds_since(last)
        joined = ListMember.objects.filter(list=pk).count() - members
    with undone():
        theirs, likewise = unnumbered(text_of(ask(NOBODY)), pk), deeds_since(last)
    parted = differing({"": ours}, {"": theirs}).get("")
    wrong = done != likewise or joined or (done and not deeds)
    return parted or (("done", f"{', '.join(done)}; {joined} joined") if wrong else None)


def deeds_since(last: int) -> list[str]:
    return sorted(set(Entry.objects.filter(pk__gt=last).values_list("deed", flat=True)))


BODIES = (
    {},
    {"name": "Vu"},
    {"last_name": "Vu"},
    {"function": "Vu"},
    {"contacts": [1]},
    {"organisations": [1]},
)


def operations() -> Iterator[tuple[str, str, str]]:
    """Every operation of the API on one thing: room, method, path."""
    for path, methods in described()["paths"].items():
        if "{id}" in path:
            yield from ((path.split("/")[3], method, path) for method in methods)


def test_no_operation_of_the_api_tells_a_hidden_id_from_none(hidden: Ids, bruno: Actor, sample: Sample):
    program = program_of(bruno)
    told = {}
    asked_of = [
        (name, method, path)
        for room, method, path in operations()
        for name in sorted({room, *(("dynamic", "team_list") if room == "lists" else ())} & set(hidden))
    ]
    for (name, method, path), body in sample.pairs(asked_of, BODIES, each=3):

        def ask(pk: int, method=method, path=path, body=body) -> HttpResponse:
            at = path.replace("{id}", str(pk))
            return program.generic(method.upper(), at, json.dumps(body), "application/json")

        if parted := same_as_nobody(ask, hidden[name]):
            told[f"{method} {path} {name} {body}"] = parted
    assert told == {}


def test_no_body_of_the_api_names_what_is_hidden(hidden: Ids, samples, bruno: Actor):
    """A program that gives a hidden id, in whatever it adds, is answered as for an id that nobody has."""
    program, seen = program_of(bruno), samples["contacts:pk"]
    bodies = {
        "contacts": {"last_name": "Roy", "first_name": "Zoé", "organisation": "ORGANISATIONS"},
        "positions": {"contact": seen, "organisation": "ORGANISATIONS"},
        "positions#": {"contact": "CONTACTS", "organisation": samples["organisations:pk"]},
        f"lists/{samples['lists:pk']}/members": {"contacts": ["CONTACTS"]},
        f"lists/{samples['lists:pk']}/members/remove": {"contacts": ["CONTACTS"]},
    }
    for code in TOOLS:
        bodies[f"actions/{code}"] = {"contacts": ["CONTACTS"], "data": {"list": samples["lists:pk"]}}
        bodies[f"actions/{code}#"] = {"organisations": ["ORGANISATIONS"], "data": {"names": ["Eau"]}}
        named = {"list": "LISTS", "organisation": "ORGANISATIONS", "entry": "ENTRIES"}
        for field in named.keys() & {ask.name for ask in TOOLS[code].ask}:
            bodies[f"actions/{code}##{field}"] = {"contacts": [seen], "data": {field: named[field]}}
    told = {}
    for path, body in bodies.items():
        word = next(
            word for word in ("CONTACTS", "ORGANISATIONS", "LISTS", "ENTRIES") if f'"{word}"' in json.dumps(body)
        )

        def ask(pk: int, path=path, body=body, word=word) -> HttpResponse:
            text = json.dumps(body).replace(f'"{word}"', str(pk))
            return program.post(f"/api/v1/{path.partition('#')[0]}", text, "application/json")

        if parted := same_as_nobody(ask, hidden[word.lower()]):
            told[path] = parted
    assert told == {}


def test_no_address_tells_a_hidden_id_from_none(hidden: Ids, samples, browse, bruno: Actor):
    """Every address of a record, a place, a list or a view, by GET and by POST."""
    client, told = browse(bruno), {}
    for address in ADDRESSES:
        word = "pk" if "pk" in address.words else "party"
        if word not in address.words:
            continue
        for name in _named_in(address) & set(hidden):
            for ask_by in (client.get, client.post):

                def ask(pk: int, address=address, word=word, ask_by=ask_by) -> HttpResponse:
                    return afresh(ask_by)(address.path(account=samples["account"], **{word: pk}))

                if parted := same_as_nobody(ask, hidden[name]):
                    told[f"{address.name} {name} {ask_by.__name__}"] = parted
    assert told == {}


ELSEWHERE = {
    "positions:new": {"contacts"},
    "saisir:delete_contact": {"contacts"},
    "saisir:delete_organisation": {"organisations"},
    "changes:propose": {"contacts", "organisations"},
}
"""Addresses that name a thing of another room than their own."""


def _named_in(address: Address) -> set[str]:
    own = {address.room, *(("dynamic", "team_list") if address.room == "lists" else ())}
    return ELSEWHERE.get(address.name, own)


def test_no_tool_takes_what_is_hidden(hidden: Ids, samples, browse, bruno: Actor, subtests: pytest.Subtests):
    client = browse(bruno)
    for code in sorted(TOOLS):
        with subtests.test(tool=code):
            assert told_by_tool(code, client, hidden, samples) == {}


def told_by_tool(code: str, client: Client, hidden: Ids, samples: dict[str, object]) -> dict[str, tuple[str, str]]:
    """Where the tool answers otherwise for what is hidden than for what nobody has."""
    path = reverse("toolbox:run", args=[samples["account"], code])
    told = {}
    for room in ("contacts", "organisations"):
        for ask_by in (client.get, client.post):

            def ask(pk: int, ask_by=ask_by) -> HttpResponse:
                return afresh(ask_by)(
                    path, {"asked": "1", "ids": str(pk), "names": "Eau", "list": samples["lists:pk"]}
                )

            if parted := same_as_nobody(ask, hidden[room]):
                told[f"{room} {ask_by.__name__}"] = parted
    for field, name in (
        ("list", "lists"),
        ("list", "team_list"),
        ("entry", "entries"),
        ("organisation", "organisations"),
    ):

        def name_it(pk: int, field=field) -> HttpResponse:
            return afresh(client.post)(path, {"asked": "1", "ids": str(samples["contacts:pk"]), field: str(pk)})

        if field in {ask.name for ask in TOOLS[code].ask} and (
            parted := same_as_nobody(name_it, hidden[name], deeds=field == "list")
        ):
            told[f"names {name}"] = parted
    return told


def test_lists_take_nobody_hidden_and_go_by_nobody_hidden(hidden: Ids, samples, browse, bruno: Actor):
    client, slug = browse(bruno), samples["account"]
    doors = {
        "lists:add": lambda pk: afresh(client.post)(
            reverse("lists:add", args=[slug, samples["lists:pk"]]), {"ids": pk}
        ),
        **{
            f"lists:{name}": lambda pk, name=name: afresh(client.post)(
                reverse(f"lists:{name}", args=[slug]), {"ids": pk}
            )
            for name in ("move", "archive", "unarchive", "delete")
        },
        "imports:start": lambda pk: afresh(client.post)(
            reverse("imports:start", args=[slug]),
            {"kind": "contacts", "into": str(pk), "file": _file("Nom;Prénom\nRoy;Zoé\n")},
        ),
    }
    told = {}
    for name, ask in doors.items():
        for one in ("contacts",) if name == "lists:add" else ("lists", "team_list", "dynamic"):
            if parted := same_as_nobody(ask, hidden[one], deeds=name == "imports:start"):
                told[f"{name} {one}"] = parted
    assert told == {}


def _file(text: str) -> io.BytesIO:
    file = io.BytesIO(text.encode())
    file.name = "gens.csv"
    return file


QUESTIONS = {
    "lists": "list={}",
    "dynamic": "list={}",
    "team_list": "f=and(not(list:{}),active:oui)",
    "views": "vue={}",
    "organisations": "f=or(organisation:{},city:Wxwxwxw)",
}


def test_no_question_tells_a_hidden_id_from_none(
    hidden: Ids, paths, pages, program, subtests: pytest.Subtests, sample: Sample
):
    bare = sorted({path.partition("?")[0] for path in paths if not re.search(r"/parametres/|/\d+/|/ajouter/", path)})
    for path, name in sample.pairs([*bare, "/api/v1/contacts", "/api/v1/organisations"], list(QUESTIONS), each=2):
        get = program if path.startswith("/api") else pages

        def ask(pk: int, get=get, at=f"{path}?{QUESTIONS[name]}") -> HttpResponse:
            return afresh(get)(at.format(pk))

        with subtests.test(named=name, path=path):
            assert same_as_nobody(ask, hidden[name], deeds=True) is None


def test_a_deed_of_another_is_not_taken_back(hidden: Ids, samples, browse, bruno: Actor, aicha: Actor):
    everyones = ContactList.objects.get(pk=samples["lists:pk"])
    list_members.remove(aicha, everyones, [Party.objects.get(pk=samples["contacts:pk"])])
    deed = Entry.objects.latest("pk")
    before = members_and_deeds()
    path = reverse("toolbox:run", args=[samples["account"], "undo"])
    browse(bruno).post(path, {"asked": "1", "ids": samples["contacts:pk"], "entry": deed.pk})
    body = json.dumps({"contacts": [samples["contacts:pk"]], "data": {"entry": deed.pk}})
    assert program_of(bruno).post("/api/v1/actions/undo", body, "application/json").status_code == 422
    assert members_and_deeds() == before


def members_and_deeds() -> list[list[int]]:
    return [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (ListMember, Entry)]


# --- The command line ------------------------------------------------------------------------------------------

AS_SOMEONE = {"export", "import", "action"}
"""The commands that act as a user of the account. A new one must be tried below."""


def test_the_commands_that_act_as_someone_are_tried():
    found = {
        name
        for name, command in main.commands.items()
        if {"account", "slug"} & {one.name for one in command.params}
        and {"user", "email"} & {one.name for one in command.params}
    }
    assert found == AS_SOMEONE


@pytest.mark.parametrize("kind", ["contacts", "organisations"])
def test_no_command_tells_of_what_is_hidden(hidden: Ids, samples, bruno: Actor, tmp_path: Path, kind: str):
    email = User.objects.get(pk=bruno.user_id).email
    who = ["--account", "lac", "--user", email]
    said = {}
    for form in FORMATS:
        path = tmp_path / f"out.{form}"
        told = CliRunner().invoke(main, ["export", *who, "--format", form, "--kind", kind, "-o", str(path)])
        assert told.exit_code == 0, told.output
        content = path.read_bytes()
        said[form] = told.output + (content.decode("utf-8", "replace") if content[:2] != b"PK" else "")
    for name in ("Zorglubistes me", "Zorglubistes teams"):
        asked_for = ["export", *who, "--format", "csv", "-o", str(tmp_path / "no.csv"), "--list"]
        ours, theirs = (CliRunner().invoke(main, [*asked_for, one]) for one in (name, "Wxwxwxw"))
        assert ours.exit_code == theirs.exit_code != 0
        assert ours.output.replace(name, "") == theirs.output.replace("Wxwxwxw", "")
    file = tmp_path / "gens.csv"
    file.write_text("Nom;Prénom\nRoy;Zoé\n", encoding="utf-8")
    answers = []
    for one in (hidden["lists"], NOBODY):
        with undone():
            answer = CliRunner().invoke(main, ["import", str(file), *who, "--list", str(one)])
            members = ListMember.objects.filter(list=hidden["lists"]).count()
            answers.append((answer.exit_code, answer.output.replace(str(one), "…"), members))
    assert answers[0] == answers[1]
    assert tell_tales(said) == {}


def test_no_action_of_the_command_line_tells_a_hidden_id_from_none(hidden: Ids, samples, bruno: Actor):
    who = ["--account", "lac", "--user", User.objects.get(pk=bruno.user_id).email]
    asked_for = {
        "contacts": ["tag", "names=Eau", "--contact", "{}"],
        "organisations": ["tag", "names=Eau", "--organisation", "{}"],
        "lists": ["unlist", "list={}", "--contact", str(samples["contacts:pk"])],
        "entries": ["undo", "entry={}", "--contact", str(samples["contacts:pk"])],
    }
    for name, words in asked_for.items():
        last, answers = Entry.objects.latest("pk").pk, []
        for pk in (hidden[name], NOBODY):
            with undone():
                answer = CliRunner().invoke(main, ["action", *(word.format(pk) for word in words), *who])
                answers.append((answer.exit_code, unnumbered(answer.output, pk), deeds_since(last)))
        assert answers[0] == answers[1], name
        assert answers[0][0] != 0


# --- The operator ----------------------------------------------------------------------------------------------


def test_the_operator_reads_nothing_of_an_account(
    hidden: Ids, samples, browse, sonia: Actor, aicha: Actor, shared: Party
):
    """Not even of what an account adds to a shared record: her pages and her API are those of her own account."""
    layer = Party.objects.get(base=shared)
    list_members.add(aicha, ContactList.objects.get(pk=hidden["lists"]), [layer])
    client, program = browse(sonia), program_of_operator(sonia)
    slug = sonia.account.slug
    words = {"pk": shared.pk, "party": shared.pk, "correction": samples["correction"], "sync": 1, "code": "tag"}
    words["what"] = "balises"
    paths = [
        address.path(account=slug, **{word: words[word] for word in address.words if word != "account"})
        for address in ADDRESSES
    ]
    answers = asked(client.get, paths)
    answers |= asked(program.get, [f"/api/v1/{room}" for room in ("contacts", "organisations", "lists", "entries")])
    assert sum(answer.startswith("200") for answer in answers.values()) > 20
    told = {path: found.group() for path, text in answers.items() if (found := OF_ACCOUNT.search(text))}
    assert told == {}
    secrets = ("Eau douce", "Amis du lac.*Presse", "Bureau", "aicha@lac.example")
    assert [path for path, text in answers.items() if any(re.search(word, text) for word in secrets)] == []


def program_of_operator(sonia: Actor) -> Client:
    with inside(sonia.account):
        return program_of(sonia)


def test_what_is_looked_for_is_there(hidden: Ids, samples, browse, aicha: Actor):
    """The law can fail: Aïcha meets on her pages what Bruno does not."""
    client = browse(aicha)
    for path in (f"/lac/contacts/{samples['contacts:pk']}/", "/lac/listes/", "/lac/contacts/"):
        assert TRACES.search(client.get(path).content.decode()), path


def test_an_administrator_reads_no_name_of_what_is_anothers_own(samples, browse, aicha: Actor, bruno: Actor):
    """The infobox tells administrators of the account's household, and names no list or view that they have not."""
    category = ContactList.objects.get(pk=samples["lists:pk"]).category_id
    seen = Party.objects.get(pk=samples["contacts:pk"])
    own = lists.create(bruno, {"name": "Zorglubistes", "category": category, "reach": "me"})
    list_members.add(bruno, own, [seen])
    view = views.save(bruno, "p", "Zorglub", {"q": "x"})
    views.rename(bruno, view, "Zorglubs", "me")
    alone = {"visibility": {"mode": "creator"}}
    parties.create(bruno, "p", alone | {"last_name": "Zorglub", "first_name": "Zoé"})
    client, program = browse(aicha), program_of(aicha)
    paths = [f"/lac/contacts/{seen.pk}/historique/", "/lac/infobox/", "/lac/listes/", "/lac/contacts/"]
    answers = asked(client.get, paths) | asked(program.get, ["/api/v1/entries", "/api/v1/lists"])
    assert tell_tales(answers) == {}
    assert TRACES.search(browse(bruno).get("/lac/infobox/").content.decode())
