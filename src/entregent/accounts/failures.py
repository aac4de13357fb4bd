"""What users are told when something fails on our side: what it is, what was kept, and a reference for the log."""

import logging
import secrets
import sys
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from entregent.store.trouble import Trouble, trouble_of

RETRY_SECONDS = 30
"""When a program may try again, if the database or the disk is to blame."""
KEPT = _("Nothing of what you just sent was saved; what was saved before is kept.")
TITLES = {
    None: _("Something went wrong on our side"),
    Trouble.FULL: _("There is no space left on the server"),
    Trouble.BUSY: _("The database is busy"),
    Trouble.OUTDATED: _("The database is not up to date"),
}
ADVICE = {
    None: _("Try again in a moment. If it happens again, tell your administrator what you were doing."),
    Trouble.FULL: _("Tell whoever runs the service, who must free some space; then try again."),
    Trouble.BUSY: _("Try again in a moment."),
    Trouble.OUTDATED: _("Tell whoever runs the service, who must run: entregent migrate."),
}
OTHER_TITLE = _("The database does not answer")
OTHER_ADVICE = _("Try again in a moment. If it lasts, tell whoever runs the service.")


@dataclass(frozen=True)
class Failure:
    """One failed request. ``reference`` is shown to the user and stands in the log."""

    reference: str
    trouble: Trouble | None

    @property
    def status(self) -> int:
        """503 if the database or the disk is to blame, else 500."""
        return 503 if self.trouble else 500

    @property
    def title(self) -> str:
        return str(TITLES.get(self.trouble, OTHER_TITLE))

    @property
    def detail(self) -> str:
        return f"{KEPT} {ADVICE.get(self.trouble, OTHER_ADVICE)}"


def failed(request: HttpRequest) -> Failure:
    """Describe the exception that is being handled, and keep that on the request, for the log."""
    failure = Failure(secrets.token_hex(4).upper(), trouble_of(sys.exc_info()[1]))
    request.failure = failure  # type: ignore[attr-defined]  # see request.py
    return failure


class Referenced(logging.Filter):
    """Sets ``record.reference`` for the log's format: " [reference 12AB34CD]", or "" if the user was given none."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = getattr(getattr(record, "request", None), "failure", None)
        record.reference = f" [reference {failure.reference}]" if failure else ""
        return True
