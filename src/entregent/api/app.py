"""The assembled API: its resources, authentication and errors."""

from typing import Any

from ninja import NinjaAPI

from . import actions, contacts, entries, fields, items, lists, me, organisations, positions
from .gate import TokenAuth
from .problems import PROBLEM_TYPE, tell_errors


class Api(NinjaAPI):
    """Ninja's API, with the media type of errors corrected in the OpenAPI description."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Return the OpenAPI description, with errors as `application/problem+json`."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM_TYPE: next(iter(answer["content"].values()))}
        return schema


api = Api(
    title="Entregent",
    version="1",
    description=(
        "Contacts, organisations, positions, reference lists, journal and actions of the token's account. "
        "Lists are paginated by cursor. POST accepts an Idempotency-Key. "
        "Errors are application/problem+json (RFC 9457)."
    ),
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=TokenAuth(),
)
for _name, _room in {
    "contacts": contacts,
    "organisations": organisations,
    "positions": positions,
    "lists": lists,
    "custom-fields": fields,
    "entries": entries,
    "actions": actions,
    "me": me,
}.items():
    api.add_router(f"/{_name}", _room.router)
for _code in items.ITEM_NAMES:
    api.add_router(f"/{_code}", items.router_of(_code))
tell_errors(api)
