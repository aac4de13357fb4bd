"""Limits on size: no long file, no long function, and views that only find, do and show.

What a view finds or shows in many lines belongs to functions of its own in the room's other files.
"""

import ast

import pytest

from .rooms import SOURCES

MOST_LINES, MOST_FILE_LINES = 40, 300
MOST_VIEW_LINES, USUAL_VIEW_LINES, USUAL_SHARE = 20, 12, 0.9
FILES = [path for path in sorted(SOURCES.rglob("*.py")) if "migrations" not in path.parts]


def functions(path):
    """Return every function of a file, methods and inner functions too."""
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines_of(function) -> int:
    return function.end_lineno - function.lineno + 1


def code_lines_of(function) -> int:
    """Return the number of lines of a function, its docstring not counted."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    return lines_of(function) - (first.end_lineno - first.lineno + 1 if documented else 0)


def is_view(path, function) -> bool:
    """Return whether a function of web/ takes a request (first, or after a kind) and returns a response."""
    names = [argument.arg for argument in function.args.args]
    answers = function.returns is not None and "HttpResponse" in ast.unparse(function.returns)
    return path.is_relative_to(SOURCES / "web") and "request" in names[:2] and answers


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_file_and_no_function_is_long(path):
    assert len(path.read_text().splitlines()) <= MOST_FILE_LINES
    long = {each.name: lines_of(each) for each in functions(path) if lines_of(each) > MOST_LINES}
    assert not long, long


def test_views_are_short():
    """Every view has at most 20 lines, and nine in ten at most 12."""
    views = {
        f"{path.relative_to(SOURCES)}:{each.name}": code_lines_of(each)
        for path in FILES
        for each in functions(path)
        if is_view(path, each)
    }
    assert len(views) > 100
    long = {name: lines for name, lines in views.items() if lines > MOST_VIEW_LINES}
    assert not long, long
    short = sum(lines <= USUAL_VIEW_LINES for lines in views.values())
    assert short >= USUAL_SHARE * len(views), sorted(views.items(), key=lambda one: -one[1])[: len(views) - short]
