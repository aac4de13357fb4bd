"""The colours of statuses as every theme draws them; the word beside says the same."""

from django.utils.translation import gettext_lazy as _

TONES = {"grey": "tone-5", "blue": "act", "green": "on", "amber": "wait", "red": "off", "violet": "note"}
"""A status's colour → the class of a badge."""
COLOURS = [
    ("grey", _("Grey")),
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("amber", _("Amber")),
    ("red", _("Red")),
    ("violet", _("Violet")),
]
