"""What the benchmarks ask for: people spread over the directory, search terms of each kind, the thousandth page."""

from django.db.models import Max, Min

from entregent.accounts.actor import Actor
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.store.pages import cursor_at

DEEP_ROWS = 1000 * 50
"""Rows before page 1,001; for a shorter list, the page at four fifths of its length is used."""


def spread(by: Actor, skip: int = 0, number: int = 30) -> list[dict]:
    """Return people spread evenly over the directory, from the one after ``skip`` others."""
    people = Party.readable.visible_to(by).filter(kind="p").exclude(email="")
    ends = people.aggregate(Min("id"), Max("id"))
    first, last = ends["id__min"] + skip, ends["id__max"]
    starts = [first + (last - first) * step // (number + 1) for step in range(number)]
    columns = ("id", "last_name", "first_name", "email", "city")
    return [people.filter(id__gte=start).order_by("id").values(*columns)[0] for start in starts]


def deep_cursor(by: Actor) -> str:
    """Return the cursor of the page that starts ``DEEP_ROWS`` rows from the first."""
    selection = Selection("p")
    parties = selection.parties(by).order_by("sort_name", "id")
    return cursor_at(parties[min(DEEP_ROWS, parties.count() * 4 // 5)], selection.order)


def search_terms(people: list[dict]) -> dict[str, list[str]]:
    """Return thirty search terms of each kind: from one letter, and the commonest names, to a unique address."""
    names, firsts = [person["last_name"] for person in people], [person["first_name"] for person in people]
    emails = [person["email"] for person in people]
    common = ["Martin", "Bernard", "Philippe", "Marie", "Jean", "Le"]
    part = [*names[:10], *(name[:3] for name in names[12:18]), *(name[2:6] for name in names[20:24])]
    return {
        "part of a name": [*part, *common, "ma", "du", "l", "é"],
        "part of an e-mail": [
            *emails[:8], *(email.partition("@")[2] for email in emails[8:14]),
            *(email.partition("@")[0][:6] for email in emails[14:24]),
            "@", ".example", "marie.", "jean", "tin.", "@mar",
        ],
        "two words": [
            *(f"{first} {name}" for first, name in zip(firsts[:12], names[:12], strict=True)),
            *(f"{name[:4]} {first[:2]}" for first, name in zip(firsts[12:20], names[12:20], strict=True)),
            *(f"{name} {person['city'][:4]}" for person, name in zip(people[20:26], names[20:26], strict=True)),
            "marie martin", "jean m", "pierre nantes", "martin presse",
        ],
    }  # fmt: skip
