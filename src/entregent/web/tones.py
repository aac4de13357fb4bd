"""The colours of statuses, which every theme has. The status's name is always shown beside its colour."""

from django.utils.translation import gettext_lazy as _

TONES = {"grey": "tone-5", "blue": "act", "green": "on", "amber": "wait", "red": "off", "violet": "note"}
"""Colour of a status → CSS class of its badge."""
COLOURS = [
    ("grey", _("Grey")),
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("amber", _("Amber")),
    ("red", _("Red")),
    ("violet", _("Violet")),
]
