"""The filter of the infobox: which entries are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from entregent.directory.messages import Problem, problem_of
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id

from .deeds import DEEDS

EARLIEST, LATEST = date(2, 1, 1), date(9998, 12, 31)
"""Days whose start can be told in every time zone. No entry is older or newer."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter as in the address: kind, author and dates. If one can't be read (``problems``), nothing is found."""

    deed: str = ""
    author: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> "Filter":
        """Read the filter from an address's parameters."""
        return cls(*(str(params.get(name) or "").strip() for name in ("deed", "author", "since", "until")))

    def params(self) -> dict[str, str]:
        """The filter as parameters of an address."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    def problems(self) -> list[Problem]:
        """Return what can't be read."""
        known = {"deed": self.deed in DEEDS, "author": read_id(self.author) is not None}
        found = [Problem(name, "shape") for name, right in known.items() if getattr(self, name) and not right]
        for name in ("since", "until"):
            try:
                _start(getattr(self, name))
            except Bad as bad:
                found.append(problem_of(name, bad))
        return found

    def during(self) -> Q:
        """Return the condition on the time, as a range of an index: of entries, and of what they are about."""
        condition = Q()
        if start := _start(self.since):
            condition &= Q(at__gte=start)
        if end := _start(self.until, days=1):
            condition &= Q(at__lt=end)
        return condition

    def of_entry(self) -> Q:
        """Return the condition on what only the entry itself holds."""
        condition = Q()
        if self.deed:
            condition &= Q(deed=DEEDS[self.deed])
        if self.author:
            condition &= Q(by=read_id(self.author))
        return condition


def _start(given: str, days: int = 0) -> datetime | None:
    """Return when a day starts, or the one ``days`` after it; None if none is given. Raises ``Bad("date")``."""
    if not given:
        return None
    day = min(max(parse_date(given), EARLIEST), LATEST) + timedelta(days=days)
    return datetime.combine(day, time.min, timezone.get_current_timezone())
