"""Texts of the command line: French, or English where the terminal speaks English.

They are looked up when a command's file is imported, as click wants plain strings: so Django is made ready
here, before any of them.
"""

import os

import django
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["_", "ngettext"]


def terminal_language() -> str:
    """``en`` when POSIX's ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` (the first set) says so, else ``fr``."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, names), "").startswith("en") else "fr"


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()
translation.activate(terminal_language())
