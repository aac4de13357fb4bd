"""Keeps the query planner's statistics accurate about how rows are distributed over accounts."""

from entregent.store import statistics

from .jobs import chore
from .models import Account


@chore
def refresh_statistics() -> None:
    """Update the query planner's statistics. Called by the worker from time to time, and by growing imports."""
    statistics.refresh("account_id", Account.objects.count())


def after_migrating(**_signal) -> None:
    """Refresh the statistics after migrating: rebuilding a table drops them, and a page would scan the journal."""
    refresh_statistics()
