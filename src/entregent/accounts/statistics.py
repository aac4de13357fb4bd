"""Keeps the query planner's statistics true to how rows are spread over accounts."""

from entregent.store import statistics

from .jobs import chore
from .models import Account


@chore
def refresh_statistics() -> None:
    """Count again what the query planner goes by. The worker runs it from time to time, an import as it grows."""
    statistics.refresh("account_id", Account.objects.count())


def after_migrating(**_signal) -> None:
    """Refresh after a migration that rebuilt a table: it drops the statistics, and a page would walk the journal."""
    refresh_statistics()
