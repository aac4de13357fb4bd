"""The WSGI application."""

import gc
import os
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

from entregent.cli.processes import die_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
application = get_wsgi_application()
# Everything loaded so far is permanent: exclude it from garbage collection, to keep pauses during requests short.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)


def served() -> Callable:
    """Return the application for a process of ``entregent serve``."""
    die_with_server()
    return application
