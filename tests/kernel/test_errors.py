"""The kernel's one error and its codes."""

import ast
from pathlib import Path

import entregent.kernel
from entregent.kernel.errors import CODES, Bad


def test_error_carries_its_code() -> None:
    bad = Bad("too_long", limit=3)
    assert (bad.code, bad.params, str(bad)) == ("too_long", {"limit": 3}, "too_long")
    assert isinstance(bad, ValueError)


def test_codes_are_those_the_kernel_raises() -> None:
    """Every code written in the kernel is in CODES, and CODES has no other."""
    written: set[str] = set()
    for path in Path(entregent.kernel.__path__[0]).glob("*.py"):
        if path.name != "errors.py":
            tree = ast.parse(path.read_text("utf-8"))
            written |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} & set(CODES)
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
            raised = [call.args[0] for call in calls if getattr(call.func, "id", "") == "Bad"]
            assert {arg.value for arg in raised if isinstance(arg, ast.Constant)} <= CODES
    assert written == CODES
