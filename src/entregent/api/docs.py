"""The documentation page of the API: operations, parameters, fields and responses of the OpenAPI description."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .app import api


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the documentation without scripts, which the strict CSP forbids. It is public, since it shows no data."""
    schema = api.get_openapi_schema()
    operations = [
        _operation(method, path, details, schema["components"]["schemas"])
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]
    rooms: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        rooms.setdefault(operation["room"], []).append(operation)
    return render(request, "api/docs.html", {"info": schema["info"], "rooms": rooms})


def _operation(method: str, path: str, details: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": details["operationId"],
        "room": details["tags"][0],
        "method": method.upper(),
        "path": path,
        "description": details.get("description", ""),
        "parameters": [
            {"name": each["name"], "place": each["in"], "required": each["required"], "type": _type(each["schema"])}
            for each in details.get("parameters", [])
        ],
        "fields": _fields(_resolved(body, schemas)),
        "answers": [
            {"status": status, "fields": _fields(_resolved(_content(answer), schemas))}
            for status, answer in details["responses"].items()
        ],
    }


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    forms: dict[str, dict[str, Any]] = answer.get("content", {})
    return next(iter(forms.values()), {}).get("schema", {})


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", ())
    return [
        {"name": name, "type": _type(field), "required": name in required}
        for name, field in schema.get("properties", {}).items()
    ]


def _type(schema: dict[str, Any]) -> str:
    """Return a short name of a type: `string`, `integer | null`, `[Contact]`."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return schema.get("format") or schema.get("type", "any")
