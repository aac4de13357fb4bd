"""The remarks on rows that came in: values that were left out, and organisations to compare."""

from collections.abc import Iterator
from typing import Any

from .models import Remark
from .plans import Plan

COMPARE = "compare_organisations"
About = Remark.About
_WHILE_PLANNING = ("planned", "other_planned")


def of(plan: Plan) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what a plan's remarks are about, with the problems of each."""
    if plan.asides:
        yield (
            About.VALUE,
            [
                {"target": aside.target, "code": aside.code, "params": aside.params | {"left_out": aside.value}}
                for aside in plan.asides
            ],
        )
    for two in plan.compare if plan.outcome in ("created", "updated", "unchanged") else ():
        params = {name: value for name, value in two.items() if name not in _WHILE_PLANNING}
        yield About.COMPARE, [{"target": "", "code": COMPARE, "params": params}]
