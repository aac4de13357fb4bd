"""What the list of sessions says."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
"""What a browser says of itself → its name; the first that is found, for most claim to be several."""


@register.filter
def browser(agent: str) -> str:
    """«Firefox, Linux», from the header User-Agent; the header itself when it says neither."""
    found = [
        next((name for word, name in names.items() if re.search(word, agent)), "") for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in found if word) or agent or _("Unknown browser")
