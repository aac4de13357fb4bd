"""`Idempotency-Key`: a POST repeated with the same key gets the first response, and nothing is done twice."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from entregent.accounts.request import Request

from .models import Answer
from .problems import problem

KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
Run = Callable[..., HttpResponse]


def idempotent(run: Run) -> Run:
    """Decorate an operation. Its response is saved in the same transaction as its changes.

    Errors are not saved: nothing was changed, and a corrected request may reuse the key.
    """

    @wraps(run)
    def once(request: Request, *args, **kwargs) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.by is None:
            return run(request, *args, **kwargs)
        if len(key) > 255:
            return problem(422, _("The Idempotency-Key is longer than 255 characters."))
        with transaction.atomic():
            answer, new = _remembered(request, key)
            if not new:
                return _again(answer, _digest(request))
            response = run(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _keep(answer, response)
        return response

    return once


def _remembered(request: Request, key: str) -> tuple[Answer, bool]:
    """Return the answer of this key, and whether it is new. A concurrent request waits here for the first one."""
    now = timezone.now()
    Answer.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return Answer.objects.get_or_create(
        account=request.by.account,
        user_id=request.by.user_id,
        key=key,
        defaults={"digest": _digest(request), "created_at": now},
    )


def _digest(request: Request) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request.body).hexdigest()


def _again(answer: Answer, digest: str) -> HttpResponse:
    if answer.digest != digest:
        return problem(422, _("This Idempotency-Key was used for another request."))
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def _keep(answer: Answer, response: HttpResponse) -> None:
    answer.status, answer.body = response.status_code, response.content.decode()
    answer.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    answer.save(update_fields=["status", "body", "headers"])
