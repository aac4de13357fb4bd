"""Every tool works in every interface; adding one needs a single declaration."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils.translation import gettext_lazy, override
from tests.announced import announced

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Job, Team
from entregent.actions.kinds import WRITE
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.standing import states
from entregent.actions.toolbox import asks, asks_named
from entregent.actions.toolbox.asks import Ask
from entregent.actions.toolbox.toolbox import TOOLS, Tool, offer
from entregent.cli.main import main
from entregent.directory.models import Party
from entregent.web.toolbox import views
from entregent.web.toolbox.asks import MAKERS

from .asking import program_of

SOURCE = Path(__file__).parents[2] / "src" / "entregent"
ICONS = set((SOURCE / "shell" / "icons.txt").read_text().split())
RUN = [tool for tool in TOOLS.values() if tool.run]
DIALOG = {"HX-Request": "true", "HX-Target": "dialog"}
ALIKE = {"Description"}
"""Words that French and English share."""


def types(base: type[Ask] = Ask) -> Iterator[type[Ask]]:
    """Every type of ask that there is."""
    for one in base.__subclasses__():
        yield one
        yield from types(one)


# --- Every tool that there is ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_a_tool_says_all_of_itself(tool: Tool, aicha: Actor):
    assert tool.icon in ICONS
    assert bool(tool.run) != bool(tool.page)
    says = tool.fate(aicha) if tool.fate else tool
    assert "%(name)s" in str(says.one)
    assert "%(count)s" in str(says.many)
    for said in (tool.label, tool.help, tool.of_one, says.one, says.many, *(ask.label for ask in tool.ask)):
        with override("en"):
            english = str(said)
        with override("fr"):
            assert not english or str(said) != english or english in ALIKE, english


def test_the_ranks_in_the_toolbox_are_each_ones_own():
    assert len({tool.rank for tool in TOOLS.values()}) == len(TOOLS)
    assert list(TOOLS.values()) == sorted(TOOLS.values(), key=lambda tool: tool.rank)


def test_pages_draw_every_type_of_ask():
    assert set(MAKERS) == set(types())
    assert len({one.type for one in types()}) == len(set(types()))


@pytest.mark.parametrize("tool", RUN, ids=[tool.code for tool in RUN])
def test_its_dialog_asks_for_it_all(tool: Tool, samples: dict[str, Any], browse, aicha: Actor, sonia: Actor):
    by = aicha if tool.allowed(aicha, "p") else sonia
    client = browse(by)
    for headers in (DIALOG, {}):
        html = client.get(f"/{by.account.slug}/actions/{tool.code}/?kind=p", headers=headers)
        assert html.status_code == 200
        assert (b"<html" in html.content) == (not headers)
    for ask in tool.ask:
        if not isinstance(ask, asks_named.Id):
            assert f'name="{ask.name}"' in html.text, ask.name


def test_programs_are_told_of_every_tool_and_type(browse, aicha: Actor):
    told = {item["code"]: item for item in program_of(aicha).get("/api/v1/actions").json()["items"]}
    wanted = {tool.code for tool in RUN if tool.offered and tool.allowed(aicha, "p")}
    assert told.keys() == wanted
    for code, item in told.items():
        assert [(each["name"], each["type"]) for each in item["fields"]] == [
            (ask.name, ask.type) for ask in TOOLS[code].ask
        ]


def test_the_command_line_lists_every_tool():
    told = CliRunner().invoke(main, ["action", "--help"]).output
    assert set(re.findall(r"^  ([a-z-]+)  ", told, re.M)) >= {tool.code for tool in RUN if tool.offered}


# --- One more, with an ask of each type ------------------------------------------------------------------------

LABEL, WORD = gettext_lazy("Deactivate"), gettext_lazy("Description")
EACH: dict[type[Ask], Ask] = {
    asks.Text: asks.Text("a_text", WORD),
    asks.LongText: asks.LongText("a_long_text", WORD),
    asks.Day: asks.Day("a_day", WORD),
    asks.Moment: asks.Moment("a_moment", WORD),
    asks.Flag: asks.Flag("a_flag", WORD),
    asks.Choice: asks.Choice("a_choice", WORD, among=[("red", WORD), ("blue", LABEL)]),
    asks.Tags: asks.Tags("some_tags", WORD),
    asks_named.Id: asks_named.Id("an_id", WORD),
    asks_named.User: asks_named.User("a_user", WORD),
    asks_named.Users: asks_named.Users("some_users", WORD),
    asks_named.Teams: asks_named.Teams("some_teams", WORD),
    asks_named.Parties: asks_named.Parties("some_parties", WORD),
    asks_named.Organisation: asks_named.Organisation("an_organisation", WORD),
    asks_named.InList: asks_named.InList("a_list", WORD),
    asks_named.Item: asks_named.Item("an_item", WORD, of="statuses"),
}


@pytest.fixture
def ran() -> Iterator[list[dict[str, Any]]]:
    """With what the one more tool was run."""
    data: list[dict[str, Any]] = []

    def run(by: Actor, found, **values):
        data.append(values)
        return states.deactivate(by, found)

    offer(
        "rest", 1, LABEL, "circle-off", WRITE, ask=tuple(EACH.values()), run=run, fits=lambda party: party.active,
        quick=True,
    )  # fmt: skip
    yield data
    del TOOLS["rest"]


@pytest.fixture
def marie(aicha: Actor) -> Party:
    return parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie"})


@pytest.fixture
def values(aicha: Actor, bruno: Actor, marie: Party) -> dict[str, tuple[Any, Any, Any, str]]:
    """Of each ask: what a form sends, what a program sends, what it says, and in which words."""
    team = Team.objects.create(account=aicha.account, name="Bureau")
    kept = lists.create(aicha, {"name": "Presse", "category": "Élus"})
    mairie = parties.create(aicha, "o", {"name": "Mairie"})
    user = bruno.user_id
    noon = datetime(2026, 12, 24, 11, 30, tzinfo=UTC)
    return {
        "a_text": ("Bonjour", "Bonjour", "Bonjour", "Bonjour"),
        "a_long_text": ("Une\nligne", "Une\nligne", "Une\nligne", "Une\nligne"),
        "a_day": ("2026-12-24", "2026-12-24", date(2026, 12, 24), "2026-12-24"),
        "a_moment": ("2026-12-24T12:30", "2026-12-24T12:30:00+01:00", noon, "24/12/2026 12:30"),
        "a_flag": ("on", True, True, ""),
        "a_choice": ("blue", "blue", "blue", "Désactiver"),
        "some_tags": ("eau, radio", ["eau", "radio"], ["eau", "radio"], "eau, radio"),
        "an_id": ("7", 7, 7, ""),
        "a_user": (str(user), user, user, "Bruno Lefèvre"),
        "some_users": ([str(user)], [user], [user], "Bruno Lefèvre"),
        "some_teams": ([str(team.pk)], [team.pk], [team.pk], "Bureau"),
        "some_parties": (str(marie.pk), [marie.pk], [marie.pk], "Marie Delorme"),
        "an_organisation": (str(mairie.pk), mairie.pk, mairie.pk, "Mairie"),
        "a_list": (str(kept.pk), str(kept.pk), str(kept.pk), "Presse"),
        "an_item": ("Prospect", "Prospect", "Prospect", "Prospect"),
    }


@pytest.fixture
def form(values) -> dict[str, Any]:
    return {"asked": "1", **{name: value for name, (value, *_rest) in values.items()}}


@pytest.fixture
def wanted(values) -> dict[str, Any]:
    return {name: value for name, (_form, _json, value, _words) in values.items()}


def is_active(party: Party) -> bool:
    return Party.objects.get(pk=party.pk).active


def undo_of(html: str) -> str:
    return unescape(re.search(r'<form method="post" action="(/lac/actions/undo/[^"]*)"', html)[1])


def test_it_asks_every_type_there_is():
    assert EACH.keys() == set(types())


def test_it_stands_everywhere(ran, marie: Party, browse, aicha: Actor):
    client = browse(aicha)
    for path in (f"/lac/contacts/{marie.pk}/", "/lac/contacts/", "/lac/actions/?kind=p", "/lac/raccourcis/"):
        html = client.get(path).text
        assert "/lac/actions/rest/" in html or 'value="remove:rest"' in html, path
    assert "  rest  " in CliRunner().invoke(main, ["action", "--help"]).output
    told = program_of(aicha).get("/api/v1/actions").json()["items"][0]
    assert (told["code"], len(told["fields"])) == ("rest", len(EACH))


def test_its_dialog_draws_each_type(ran, marie: Party, browse, aicha: Actor):
    for headers in (DIALOG, {}):
        html = browse(aicha).get(f"/lac/actions/rest/?ids={marie.pk}", headers=headers).text
        drawn = set(re.findall(r'name="(\w+)"', html))
        assert {ask.name for ask in EACH.values()} <= drawn | {"an_id"}
    assert 'type="date"' in html
    assert 'type="datetime-local"' in html
    assert f'<option value="{aicha.user_id}">Aïcha Benali</option>' in html


def test_a_page_runs_it_and_takes_it_back(ran, marie: Party, browse, aicha: Actor, form, wanted):
    client: Client = browse(aicha)
    html = client.post("/lac/actions/rest/", {**form, "ids": marie.pk}, follow=True).text
    assert ran == [wanted]
    assert "Désactiver\u00a0: fait pour Marie Delorme" in html
    client.post(undo_of(html))
    assert is_active(marie)


def test_a_page_refuses_what_is_missing_and_keeps_the_rest(ran, marie: Party, browse, aicha: Actor, form):
    for name in wanted_names():
        without = {key: value for key, value in form.items() if key != name}
        html = browse(aicha).post("/lac/actions/rest/", {**without, "ids": marie.pk}).text
        assert 'value="Bonjour"' in html or name == "a_text"
    assert ran == []


def wanted_names() -> list[str]:
    return [ask.name for ask in EACH.values()]


def test_a_job_stores_it_says_it_and_is_taken_back(
    ran, marie: Party, browse, aicha: Actor, form, wanted, values, monkeypatch
):
    monkeypatch.setattr(views, "AT_ONCE", 0)
    client: Client = browse(aicha)
    client.post("/lac/actions/rest/", {**form, **announced(client, "rest")})
    job = Job.objects.get()
    assert json.loads(json.dumps(job.payload)) == job.payload
    run_pending()
    assert ran == [wanted]
    html = client.get(f"/lac/travaux/{job.pk}/").text
    for _form, _json, _value, words in values.values():
        assert not words or f"<dd>{words}</dd>" in html, words
    client.post(f"/lac/travaux/{job.pk}/annuler/")
    run_pending()
    assert is_active(marie)


def test_a_program_runs_it_with_json_types_or_text(ran, marie: Party, aicha: Actor, values, wanted):
    program = program_of(aicha)

    def send(data: dict[str, Any]) -> Any:
        body = json.dumps({"contacts": [marie.pk], "data": data})
        return program.post("/api/v1/actions/rest", body, "application/json")

    typed = send({name: value for name, (_form, value, *_rest) in values.items()})
    assert typed.status_code == 200, typed.content
    undo = typed.json()["undo"]
    program.post(f"/api/v1/actions/{undo['code']}", json.dumps({"contacts": [marie.pk], "data": undo["data"]}),
                 "application/json")  # fmt: skip
    assert is_active(marie)
    assert send({name: value for name, (value, *_rest) in values.items()}).status_code == 200
    assert ran == [wanted, wanted]


def test_a_program_gives_a_list_as_a_list(ran, marie: Party, aicha: Actor, values):
    """What holds a comma stays whole."""
    data = {name: value for name, (_form, value, *_rest) in values.items()} | {"some_tags": ["eau, vive"]}
    body = json.dumps({"contacts": [marie.pk], "data": data})
    program_of(aicha).post("/api/v1/actions/rest", body, "application/json")
    assert [given["some_tags"] for given in ran] == [["eau, vive"]]


def test_a_program_is_told_what_is_wrong_with_each(ran, marie: Party, aicha: Actor):
    body = json.dumps({"contacts": [marie.pk], "data": {ask.name: {"no": 1} for ask in EACH.values()}})
    answer = program_of(aicha).post("/api/v1/actions/rest", body, "application/json")
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {f"data.{name}" for name in wanted_names()}
    assert ran == []


def test_the_command_line_runs_it(ran, marie: Party, aicha: Actor, values, wanted):
    words = [
        f"{name}={each}"
        for name, (value, *_rest) in values.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    who = ["--account", "lac", "--user", "aicha@lac.example", "--contact", str(marie.pk)]
    done = CliRunner().invoke(main, ["action", "rest", *words, *who])
    assert done.exit_code == 0, done.output
    assert ran == [wanted]


# --- No branch on a tool's code --------------------------------------------------------------------------------


def branches(tree: ast.AST) -> Iterator[str]:
    """Comparisons of a code with a tool's, and tables of several tools' codes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            words = {one.value for side in sides for one in ast.walk(side) if isinstance(one, ast.Constant)}
            if words & TOOLS.keys() and any(re.search(r"\bcode\b|\btool\b", ast.unparse(side)) for side in sides):
                yield ast.unparse(node)
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & TOOLS.keys()) > 2:
                yield ast.unparse(node)
        if isinstance(node, ast.match_case) and isinstance(node.pattern, ast.MatchValue):
            value = node.pattern.value
            if isinstance(value, ast.Constant) and value.value in TOOLS:
                yield ast.unparse(node.pattern)


def test_no_file_that_knows_tools_asks_which_one_it_is():
    texts = {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    knowing = {
        path: text for path, text in texts.items() if re.search(r"actions\.toolbox|^from \.toolbox", text, re.M)
    }
    found = {path.relative_to(SOURCE).as_posix(): list(branches(ast.parse(text))) for path, text in knowing.items()}
    assert {path: asked for path, asked in found.items() if asked} == {}
    assert len(knowing) > 20


def test_a_tool_knows_neither_forms_nor_addresses():
    for path in [*(SOURCE / "actions").rglob("tools.py"), *(SOURCE / "actions" / "toolbox").glob("*.py")]:
        assert not re.search(r"django (import )?forms|django\.urls", path.read_text("utf-8")), path
