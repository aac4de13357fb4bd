"""Benchmarks the pages of a signed-in collaborator: `python -m bench.pages FILE` writes the figures as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from bench import lists, people  # noqa: E402
from bench.browser import Answer, Browser, Form  # noqa: E402
from bench.chosen import deep_cursor, search_terms, spread  # noqa: E402
from bench.filling import EMAIL, SLUG, actor  # noqa: E402
from bench.histories import LENGTHS, people_with_histories  # noqa: E402
from bench.measuring import REPETITIONS, WARM, Figures, measure  # noqa: E402
from bench.weight import weigh  # noqa: E402
from entregent.accounts.actor import Actor  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party  # noqa: E402
from entregent.web.links import to  # noqa: E402


class Pages:
    """The benchmarks of one account. ``ending``: what to add to their names; ``program``: see ``measure``."""

    def __init__(
        self, browser: Browser, by: Actor, ending: str = "", program: Callable[[], float] | None = None
    ) -> None:
        self.browser, self.by, self.ending, self.program = browser, by, ending, program
        self.list = to(by, "contacts:list")
        with inside(by.account):
            self.people = spread(by, len(LENGTHS))
            self.deep = deep_cursor(by)
        self.ids = [person["id"] for person in self.people]
        self.numbers = count(1)

    def daily(self) -> Iterator[Figures]:
        """The list, searches, and a contact: what users do all day."""
        yield self._seen("list, first page", self.list)
        yield self._seen("list, page 1,000", f"{self.list}?cursor={self.deep}")
        for name, terms in search_terms(self.people).items():
            yield self._measured(
                f"search, {name}", lambda term: self._see(f"{self.list}?q={quote_plus(term)}"), terms
            )
        yield self._of_each("open a contact", "contacts:page", self.ids)
        yield self._of_each("edit form", "contacts:edit", self.ids)
        with inside(self.by.account):
            saved = spread(self.by, len(LENGTHS), WARM + 1 + REPETITIONS)
        forms = iter([self._edit_form(person["id"]) for person in saved])
        yield self._measured("save a contact", lambda _: self._save(*next(forms)))
        new = self._form(to(self.by, "contacts:new"))
        yield self._measured(
            "create a contact", lambda _: self._save(to(self.by, "contacts:new"), new | self._person())
        )

        for name in ("home", "infobox"):
            yield self._seen(name, to(self.by, f"{name}:page"))
        suggesting = to(self.by, "suggest:contacts")
        names = ("mar", "Martin", "l", "jean d")
        yield self._measured("suggestions", lambda name: self._see(f"{suggesting}?q={quote_plus(name)}"), names)

    def figures(self) -> Iterator[Figures]:
        """All of them."""
        yield from self.daily()
        yield self._measured(
            "list, one of 40 tags", lambda tag: self._see(f"{self.list}?tag={quote_plus(tag)}"), people.TAGS
        )
        with inside(self.by.account):
            histories, body = people_with_histories(), Party.objects.filter(kind="o").order_by("id")[0].pk
            chosen = [lists.named(f"Liste {number}").pk for number in (1, 6, 12)]
        for length, pk in histories.items():
            yield self._of_each(f"open a contact with {length:,} entries", "contacts:page", [pk])
        longest = histories[LENGTHS[-1]]
        yield self._of_each(f"edit form, {LENGTHS[-1]:,} entries", "contacts:edit", [longest])
        yield self._of_each("history of a contact", "contacts:history", [longest, *self.ids[:5]])
        yield self._of_each("open an organisation", "organisations:page", [body])
        yield self._of_each("edit form of an organisation", "organisations:edit", [body])
        yield self._of_each("a static list", "lists:page", chosen)
        for name, address in (
            ("organisations", "organisations:list"),
            ("lists", "lists:list"), ("form of a new contact", "contacts:new"), ("filter form", "contacts:filter"),
            ("form of a new list", "lists:new"), ("export, choice of format", "exports:page"),
        ):  # fmt: skip
            yield self._seen(name, to(self.by, address))
        yield self._seen("infobox, one author", f"{to(self.by, 'infobox:page')}?author={self.by.user_id}")

    def _measured(self, operation: str, act: Callable[[Any], object], given: Sequence[Any] = (None,)) -> Figures:
        return measure(f"{operation}{self.ending}", act, given, self.program)

    def _seen(self, operation: str, address: str) -> Figures:
        return self._measured(operation, self._see, [address])

    def _of_each(self, operation: str, page: str, ids: list[int]) -> Figures:
        return self._measured(operation, lambda pk: self._see(to(self.by, page, pk)), ids)

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
        return address, self._form(address) | {"notes": f"Rappeler {self._new_number()}"}

    def _person(self) -> dict[str, str]:
        return {"last_name": f"Nouveau {self._new_number()}", "first_name": "Zoé"}

    def _new_number(self) -> str:
        """Return a number that no earlier run has written: a form without a change is not saved."""
        return f"{time.time_ns() // 1_000_000_000}-{next(self.numbers)}"


def written(figures: Iterator[Figures]) -> list[dict[str, Any]]:
    """Return figures as they are stored."""
    return [asdict(found) | {"ratio": found.ratio} for found in figures]


def main(target: Path) -> None:
    pages = Pages(Browser.signed_in(EMAIL), actor(SLUG, EMAIL))
    figures = written(pages.figures())
    weight = weigh(pages.browser, pages.list, settings.STATIC_URL)
    target.write_text(json.dumps({"figures": figures, "weight": weight}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
