"""The remarks on rows that came in: values that were left out, and organisations to compare."""

from collections.abc import Iterator
from typing import Any

from entregent.directory.fields.register import CUSTOM

from .models import Remark
from .plans import MOVED, Plan

COMPARE = "compare_organisations"
About = Remark.About
MOST_SHOWN = 500
_WHILE_PLANNING = ("planned", "other_planned")


def of(plan: Plan) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what a plan's remarks are about, with the problems of each."""
    live = plan.outcome in ("created", "updated", "unchanged")
    problems = plan.row.problems if plan.row and live and not plan.only_refusal else ()
    left = [_left_out(one.target, one.code, {}, one.value) for one in problems if one.code in MOVED and one.value]
    left += [_left_out(*aside) for aside in plan.asides]
    if left:
        yield About.VALUE, left
    for two in plan.compare if live else ():
        params = {name: value for name, value in two.items() if name not in _WHILE_PLANNING}
        yield About.COMPARE, [{"target": "", "code": COMPARE, "params": params}]


def _left_out(target: str, code: str, params: dict[str, Any], value: str) -> dict[str, Any]:
    shown = "" if target.startswith(CUSTOM) and code in MOVED else " ".join(value.split())[:MOST_SHOWN]
    return {"target": target, "code": code, "params": params | {"left_out": shown}}
