"""A body that holds what an address does not take is refused (422): ignoring it would do less than was asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from entregent.accounts.actor import Actor

from .asking import described, program_of

FREE = {"custom", "search", "data", "replace", "versions"}
"""Parts whose names a schema can't know: custom fields, conditions, what a tool asks for, choices, ids."""


def bodies() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described()["paths"].items():
        for method, operation in methods.items():
            if content := operation.get("requestBody", {}).get("content", {}).get("application/json"):
                yield method, path, content["schema"]


def open_parts(schema: dict[str, Any], where: str = "body") -> Iterator[str]:
    """Where a schema takes any name."""
    if ref := schema.get("$ref"):
        schema = described()["components"]["schemas"][ref.rpartition("/")[2]]
    several = schema.get("anyOf", []) + schema.get("allOf", []) + ([schema["items"]] if "items" in schema else [])
    for part in several:
        yield from open_parts(part, where)
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        if where.rpartition(".")[2] not in FREE:
            yield where
    for name, part in schema.get("properties", {}).items():
        yield from open_parts(part, f"{where}.{name}")


@pytest.mark.alike
def test_no_part_of_a_body_takes_unknown_names():
    assert len(list(bodies())) > 10
    found = {f"{method} {path}": list(open_parts(schema)) for method, path, schema in bodies()}
    assert {where: parts for where, parts in found.items() if parts} == {}


def test_an_unknown_name_is_refused_by_each(aicha: Actor, samples):
    program = program_of(aicha)
    for method, path, _schema in bodies():
        url = path.replace("{id}", str(samples.get(f"{path.split('/')[3]}:pk", 1))).replace("{name}", "tag")
        answer = getattr(program, method)(url, {"nosuch": 1}, content_type="application/json")
        assert answer.status_code == 422, (method, url, answer.content)
        codes = {error["field"]: error["code"] for error in answer.json()["errors"]}
        assert codes["nosuch"] == "unknown_field", url


def test_names_of_the_account_are_checked_too(aicha: Actor, samples):
    program, person = program_of(aicha), samples["contacts:pk"]
    for url, body in (
        ("contacts", {"last_name": "Roy", "first_name": "Ann", "custom": {"nosuch": "x"}}),
        ("lists", {"name": "L", "category": "G", "kind": "dynamic", "search": {"kind": "p", "nosuch": "x"}}),
        ("actions/tag", {"contacts": [person], "data": {"tags": ["x"], "nosuch": "x"}}),
    ):
        answer = program.post(f"/api/v1/{url}", body, content_type="application/json")
        assert answer.status_code == 422, (url, answer.content)
