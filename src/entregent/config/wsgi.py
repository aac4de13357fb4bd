"""The WSGI application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
application = get_wsgi_application()
# What is loaded now stays: the garbage collector need not look through it again while a page waits.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
