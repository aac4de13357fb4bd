"""Language of the command line: French, or English if the terminal's locale is English.

Texts are translated when a command's module is imported, because click needs plain strings. Importing this
module therefore sets up Django first.
"""

import os

import django
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["_", "ngettext"]


def terminal_language() -> str:
    """Return ``en`` or ``fr``, from the first set of POSIX's ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, names), "").startswith("en") else "fr"


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()
translation.activate(terminal_language())
