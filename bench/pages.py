"""Benchmarks the pages of a signed-in collaborator: `python -m bench.pages FILE` writes the figures as JSON."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path
from urllib.parse import quote_plus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from bench.browser import Answer, Browser, Form  # noqa: E402
from bench.filling import EMAIL, SLUG  # noqa: E402
from bench.histories import give as histories_of  # noqa: E402
from bench.measuring import Figures, measure  # noqa: E402
from bench.weight import weigh  # noqa: E402
from entregent.accounts.actor import Actor, actor_in  # noqa: E402
from entregent.accounts.models import User  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party  # noqa: E402
from entregent.directory.selections.selections import Selection  # noqa: E402
from entregent.store.pages import cursor_at  # noqa: E402
from entregent.web.links import to  # noqa: E402

DEEP_ROWS = 1000 * 50
"""Rows before page 1,001; for a shorter list, the page at four fifths of its length is used."""


class Pages:
    """The benchmarks of one database."""

    def __init__(self, browser: Browser, by: Actor) -> None:
        self.browser, self.by = browser, by
        self.list = to(by, "contacts:list")
        with inside(by.account):
            self.people = spread(by)
        self.numbers = count(1)

    def figures(self) -> Iterator[Figures]:
        yield measure("list, first page", lambda _: self._see(self.list))
        with inside(self.by.account):
            deep = deep_cursor(self.by)
        yield measure("list, page 1,000", lambda _: self._see(f"{self.list}?cursor={deep}"))
        for name, terms in search_terms(self.people).items():
            yield measure(f"search, {name}", lambda term: self._see(f"{self.list}?q={quote_plus(term)}"), terms)
        ids = [person["id"] for person in self.people]
        yield measure("open a contact", lambda pk: self._see(to(self.by, "contacts:page", pk)), ids)
        with inside(self.by.account):
            histories = histories_of(self.by)
        for length, pk in histories.items():
            page = to(self.by, "contacts:page", pk)
            yield measure(f"open a contact with {length:,} entries", lambda _, page=page: self._see(page))
        yield measure("infobox", lambda _: self._see(to(self.by, "infobox:page")))
        forms = iter([self._edit_form(pk) for pk in ids] * 3)
        yield measure("save a contact", lambda _: self._save(*next(forms)))
        yield measure("edit form", lambda pk: self._see(to(self.by, "contacts:edit", pk)), ids)
        new = self._form(to(self.by, "contacts:new"))
        yield measure("create a contact", lambda _: self._save(to(self.by, "contacts:new"), new | self._person()))

    def _see(self, address: str) -> Answer:
        answer = self.browser.get(address)
        assert answer.status == 200, (address, answer.status)
        return answer

    def _save(self, address: str, fields: dict[str, str]) -> None:
        answer = self.browser.post(address, fields.items())
        assert answer.status in (302, 303), (address, answer.status, "the form was refused")

    def _form(self, address: str) -> dict[str, str]:
        plain = Browser("identity", self.browser.cookies)
        return Form(plain.get(address).body.decode()).fields

    def _edit_form(self, pk: int) -> tuple[str, dict[str, str]]:
        address = to(self.by, "contacts:edit", pk)
        return address, self._form(address) | {"notes": f"Rappeler le {next(self.numbers)}"}

    def _person(self) -> dict[str, str]:
        number = f"{os.getpid()}-{next(self.numbers)}"
        return {"last_name": f"Nouveau {number}", "first_name": "Zoé"}


def search_terms(people: list[dict]) -> dict[str, list[str]]:
    """Return thirty search terms of each kind, from one letter found in half the names to a unique address."""
    names, firsts = [person["last_name"] for person in people], [person["first_name"] for person in people]
    emails = [person["email"] for person in people]
    part = [*names[:12], *(name[:3] for name in names[12:20]), *(name[2:6] for name in names[20:26])]
    return {
        "part of a name": [*part, "ma", "du", "l", "é"],
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


def spread(by: Actor) -> list[dict]:
    """Return thirty people spread evenly over the directory."""
    people = Party.readable.visible_to(by).filter(kind="p").exclude(email="")
    first, last = (people.order_by(order).values_list("id", flat=True)[0] for order in ("id", "-id"))
    starts = [first + (last - first) * step // 31 for step in range(30)]
    columns = ("id", "last_name", "first_name", "email", "city")
    return [people.filter(id__gte=start).order_by("id").values(*columns)[0] for start in starts]


def deep_cursor(by: Actor) -> str:
    """Return the cursor of the page that starts ``DEEP_ROWS`` rows from the first."""
    selection = Selection("p")
    parties = selection.parties(by).order_by("sort_name", "id")
    return cursor_at(parties[min(DEEP_ROWS, parties.count() * 4 // 5)], selection.order)


def main(target: Path) -> None:
    by = actor_in(SLUG, User.objects.get(email=EMAIL).pk)
    assert by is not None
    browser = Browser.signed_in(EMAIL)
    pages = Pages(browser, by)
    figures = [asdict(found) | {"ratio": found.ratio} for found in pages.figures()]
    weight = weigh(browser, pages.list, settings.STATIC_URL)
    target.write_text(json.dumps({"figures": figures, "weight": weight}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
