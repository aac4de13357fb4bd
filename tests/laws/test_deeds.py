"""Every deed is declared completely in the register, and no other module has a table of deeds."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from entregent.actions.toolbox.undoing import UNDOERS
from entregent.journal.deeds import DEEDS, Deed, deed, in_order
from entregent.journal.models import Entry
from entregent.journal.sentences import words

SOURCE = Path(__file__).parents[2] / "src" / "entregent"
ICONS = set((SOURCE / "shell" / "icons.txt").read_text().split())
TONES = {"act", "on", "off", "wait", "note"}


@pytest.fixture
def one_more() -> Iterator[Deed]:
    """A deed that only this test knows: its words have their French already."""
    yield deed("danced", 1, gettext_lazy("Change"), gettext_lazy("{actor} changed {about}"))
    del DEEDS["danced"]


@pytest.mark.parametrize("one", in_order())
def test_a_deed_says_what_the_doors_show(one: Deed):
    assert one.icon in ICONS
    assert one.tone in TONES
    assert "{actor}" in str(one.says)
    assert len(one) <= Entry._meta.get_field("deed").max_length
    for said in filter(None, (one.says, one.name)):
        with override("en"):
            english = str(said)
        with override("fr"):
            assert str(said) != english or english in ALIKE, english


ALIKE = {"Activation", "Export", "Import", "Invitation"}
"""Words that French and English share."""


def test_the_ranks_in_the_filter_are_each_ones_own():
    ranks = [one.rank for one in DEEDS.values()]
    assert len(set(ranks)) == len(ranks)


def test_what_can_be_undone_is_registered():
    assert UNDOERS.keys() <= DEEDS.keys()


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match="created"):
        deed("created", 1, "", "{actor}")


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.FunctionDef]]:
    """Every call of ``act``, with the function around it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "act":
                    yield node, function


def test_every_act_names_a_registered_deed():
    wrong, found = [], 0
    for path in SOURCE.rglob("*.py"):
        module = ".".join(["entregent", *path.relative_to(SOURCE).with_suffix("").parts])
        for call, function in calls(ast.parse(path.read_text("utf-8"))):
            found += 1
            if not all(is_registered(one, function, module) for one in branches(call.args[1])):
                wrong.append(f"{module}: {ast.unparse(call)}")
    assert wrong == []
    assert found > 40


def branches(named: ast.expr) -> list[ast.expr]:
    return [named.body, named.orelse] if isinstance(named, ast.IfExp) else [named]


def is_registered(named: ast.expr, function: ast.FunctionDef, module: str) -> bool:
    """Whether it is a constant of the register, given by the caller, who names one, or typed as a deed."""
    names = vars(importlib.import_module(module))
    if isinstance(named, ast.Call) and isinstance(named.func, ast.Name):
        return get_type_hints(names[named.func.id])["return"] is Deed
    parameters = {one.arg: ast.unparse(one.annotation) for one in function.args.args if one.annotation}
    if ast.unparse(named) in parameters:
        return names.get(parameters[ast.unparse(named)]) is Deed
    return names.get(ast.unparse(named)) in DEEDS.values()


def test_deeds_are_declared_in_files_of_their_own():
    declared = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("deed", "account_deed", "link_deed") and isinstance(node.args[0], ast.Constant)
    ]
    assert {path.rpartition("/")[2] for path in declared} == {"deeds.py"}
    assert len(declared) == len(DEEDS)


def test_one_more_needs_no_migration(one_more: Deed, db):
    call_command("makemigrations", "journal", check_changes=True, dry_run=True, verbosity=0)


def test_one_more_is_told_filtered_and_shown(one_more: Deed, aicha, browse):
    about = Entry.objects.create(
        account=aicha.account, deed=one_more, by_id=aicha.user_id, by_name="Aïcha", door="page", at=timezone.now()
    )
    assert words(about, ["Marie"]) == "Aïcha a modifié Marie"
    client = browse(aicha)
    assert '<option value="danced" selected>Modification</option>' in client.get("/lac/infobox/?deed=danced").text
    assert "Aïcha a modifié" in client.get("/lac/infobox/?deed=danced").text


def test_a_deed_that_is_no_longer_known_breaks_no_page(aicha, browse):
    Entry.objects.create(
        account=aicha.account, deed="danced", by_id=aicha.user_id, by_name="Aïcha", door="page", at=timezone.now()
    )
    assert "a fait «\u00a0danced\u00a0»" in browse(aicha).get("/lac/infobox/").text
