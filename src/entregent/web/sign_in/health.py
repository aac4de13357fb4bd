"""Health checks for monitoring."""

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from entregent.store.trouble import is_disk_full


def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process runs."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the program can work; else 503 with the reason in one word.

    The database must answer, all migrations be applied, and the disk of the data folder and of SQLite take a file.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations\n", status=503, content_type="text/plain")
    if is_disk_full(Path(settings.DATA)):
        return HttpResponse("disk\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
