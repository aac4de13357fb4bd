"""Errors as `application/problem+json` (RFC 9457): a status, a sentence, and the error of each field."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from entregent.accounts.failures import Failure
from entregent.accounts.middleware import TokenRefused
from entregent.accounts.request import Request
from entregent.actions.frame import Conflict
from entregent.directory.messages import Invalid, Problem
from entregent.journal.changes import Reader
from entregent.kernel.errors import Bad

from .gate import TooMany

PROBLEM_TYPE = "application/problem+json"


class FieldError(Schema):
    """The error of one field."""

    field: str
    code: str
    message: str


class ProblemOut(Schema):
    """An error. `errors`: the errors of single fields, if any."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []


class FieldChange(Schema):
    """A change of one field by someone else since the version that was read."""

    field: str
    old: Any = None
    new: Any = None
    by: str
    at: str


class ConflictOut(ProblemOut):
    """The record was changed since it was read: its current version, and the changes."""

    version: int = 0
    changes: list[FieldChange] = []


READING = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut}
WRITING = {400: ProblemOut, **READING}
CHANGING = {**WRITING, 409: ConflictOut}
"""The errors that operations declare: those that read, those that write, and those that change versioned records."""

_CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "bool_parsing": "boolean",
    "bool_type": "boolean",
}


SENTENCES = {
    "unknown_filter": gettext_lazy("This list has no such filter."),
    "filter_twice": gettext_lazy("Give this filter only once; combine several with f: and(tag:a,tag:b)."),
    "unknown_field": gettext_lazy("There is no such field."),
    "not_json": gettext_lazy("The body is not JSON."),
    "read_only": gettext_lazy("This can't be changed: leave it out, or send it back as it was read."),
    "action_unknown": gettext_lazy("There is no such action for this kind of record."),
}


def problem(status: int, detail: str = "", errors: Iterable[dict] = (), **more: Any) -> HttpResponse:
    """Return an error response; ``more``: additional members of the body."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": list(errors),
        **more,
    }
    return HttpResponse(json.dumps(body, cls=DjangoJSONEncoder), status=status, content_type=PROBLEM_TYPE)


def refused(problems: Iterable[Problem]) -> HttpResponse:
    """Return a 422 response with the errors of single fields."""
    errors = [
        {"field": each.field, "code": each.code, "message": str(SENTENCES.get(each.code, each.message))}
        for each in problems
    ]
    return problem(422, _("Some values can't be accepted."), errors)


def tell_errors(api: NinjaAPI) -> None:
    """Register the handlers that turn exceptions into error responses."""
    handlers = {
        Invalid: lambda request, error: refused(error.problems),
        Bad: lambda request, error: refused([Problem(_field(error), error.code, error.params)]),
        ValidationError: lambda request, error: refused(_misshapen(error.errors)),
        PermissionDenied: lambda request, error: problem(403, _("Your role doesn't allow this.")),
        Http404: lambda request, error: problem(404, _("This does not exist, or you can't see it.")),
        HttpError: _unreadable,
        RequestDataTooBig: lambda request, error: problem(413, str(DETAILS[413])),
        AuthenticationError: _unknown,
        TooMany: _too_many,
        Conflict: _conflict,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _unreadable(request: Request, error: HttpError) -> HttpResponse:
    """Ninja raises it itself only for a body that is not JSON."""
    return refused([Problem("body", "not_json")])


REFUSED_TOKENS = {
    TokenRefused.EXPIRED: gettext_lazy("This token has expired. Create another one: Settings, API tokens."),
    TokenRefused.NO_FACTOR: gettext_lazy(
        "The account asks administrators for two factors, and this token's user has only a password. They can add a "
        "second factor: Settings, Security."
    ),
}


def _unknown(request: Request, error: Exception) -> HttpResponse:
    reason: TokenRefused | None = getattr(request, "token_refused", None)
    said = REFUSED_TOKENS[reason] if reason else None
    response = problem(401, str(said or _("Send a valid token in the Authorization header (Bearer ent_…).")))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _too_many(request: Request, error: TooMany) -> HttpResponse:
    response = problem(429, _("Too many requests. Wait %(seconds)s seconds.") % {"seconds": error.wait})
    response["Retry-After"] = str(error.wait)
    return response


def _conflict(request: Request, error: Conflict) -> HttpResponse:
    theirs = error.theirs
    told = {each.field: [each.old, each.new] for each in theirs}
    known = Reader(request.by, [told]).known(told)
    changes = [
        {"field": each.field, "old": old, "new": new, "by": each.by_name, "at": each.at}
        for each in theirs
        if each.field in known
        for old, new in [known[each.field]]
    ]
    return problem(409, _("The record has changed since you read it."), version=error.party.version, changes=changes)


def _misshapen(errors: Iterable[dict[str, Any]]) -> Iterable[Problem]:
    """Turn errors of pydantic into problems, which are translated: pydantic's messages are English only.

    A value of which it tried several types has an error for each: one of them is told.
    """
    problems = map(_one_misshapen, errors)
    return {(each.field, each.code): each for each in problems}.values()


def _one_misshapen(error: dict[str, Any]) -> Problem:
    place, *words = error["loc"]  # then the name of our argument: always in a body, for several types in a query
    words = words[1:] if place == "body" else words[1:2] or words
    where = ".".join(map(str, words))
    code = "date" if error["type"].startswith("date") else "shape"
    return Problem(where or "body", _CODES.get(error["type"], code))


def _field(error: Bad) -> str:
    return error.code if error.code == "cursor" else "value"


DETAILS = {
    400: gettext_lazy("The request can't be read."),
    403: gettext_lazy("This is not allowed. Nothing was saved."),
    404: gettext_lazy("There is no such address: /api/v1/docs lists those that there are."),
    405: gettext_lazy("This address doesn't take this method: see the Allow header."),
    413: gettext_lazy("The body is too large. Nothing was saved: send it in several requests."),
}
OTHER_DETAIL = gettext_lazy("The request was refused. Nothing was saved.")


class ProblemMiddleware:
    """Turns each error of the API that is none of its own (an unknown address, a failure) into a problem too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        if response["Content-Type"] == PROBLEM_TYPE:
            return response
        by = getattr(request, "by", None)
        with translation.override(by.language if by else translation.get_language()):
            told = _told(response.status_code, getattr(request, "failure", None))
        response.content, response["Content-Type"] = told.content, PROBLEM_TYPE
        response["Content-Length"] = str(len(told.content))  # Django has set that of the body it replaces
        return response


def _told(status: int, failure: Failure | None) -> HttpResponse:
    if failure is None:
        return problem(status, str(DETAILS.get(status, OTHER_DETAIL)))
    said = _("Something went wrong on our side. Whoever runs the service finds it by the reference.")
    if failure.trouble:
        said = f"{failure.title}. {failure.detail}"
    return problem(failure.status, said, reference=failure.reference)
